import Symbolic

/// Reads one condition: `{at: "t = 0", equation: "u - sin(pi*x)"}`.
struct ConditionReader {
  let variables: [Problem.Variable]
  let formulas: FormulaReader

  /// What errors call the condition.
  let place: String

  func condition(_ node: RecipeNode) throws(RecipeError) -> Condition {
    let section = try RecipeNode(
      node.node, path: node.path, place: place, enclosingLine: node.line
    ).section(["at", "equation"])
    let location = try location(section.required("at"))
    return Condition(
      location: location, equation: try formulas.residual(section.required("equation"), place))
  }

  /// Reads `x = 0`, or several of the kind separated by commas.
  private func location(_ node: RecipeNode) throws(RecipeError) -> [Condition.FixedVariable] {
    let text = try node.text()
    var fixed: [Condition.FixedVariable] = []
    var touchesBoundary = false
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false)
        .map { String($0.trimmingBlanks) }
      guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
        throw node.error(.invalidLocation(place: place, found: text))
      }
      let index = try variable(sides[0], node)
      guard !fixed.contains(where: { $0.variable == index }) else {
        throw node.error(.invalidLocation(place: place, found: text))
      }
      let variable = variables[index]
      let value = snapped(try value(sides[1], node), to: variable)
      guard (variable.lower...variable.upper).contains(value) else {
        throw node.error(.noBoundary(place: place, found: text, ends: ends))
      }
      if value == variable.lower || value == variable.upper { touchesBoundary = true }
      fixed.append(.init(variable: index, value: value))
    }
    guard touchesBoundary else {
      throw node.error(.noBoundary(place: place, found: text, ends: ends))
    }
    return fixed
  }

  private func variable(_ name: String, _ node: RecipeNode) throws(RecipeError) -> Int {
    let expression: Expression
    do {
      expression = try Expression(parsing: name, allowing: variables.map(\.name))
    } catch {
      throw node.error(.formula(place: "the location of \(place)", error))
    }
    guard let index = variables.firstIndex(where: { Symbol($0.name) == expression.symbolValue })
    else { throw node.error(.invalidLocation(place: place, found: name)) }
    return index
  }

  private func value(_ text: String, _ node: RecipeNode) throws(RecipeError) -> Double {
    let value: Double
    do {
      value = try Expression(parsing: text, allowing: []).evaluate()
    } catch {
      throw node.error(.formula(place: "the location of \(place)", error))
    }
    guard value.isFinite else { throw node.error(.invalidLocation(place: place, found: text)) }
    return value
  }

  /// The end of the interval that a value means though it was written with fewer digits.
  private func snapped(_ value: Double, to variable: Problem.Variable) -> Double {
    let tolerance = 1e-9 * variable.width
    for end in [variable.lower, variable.upper] where Swift.abs(value - end) <= tolerance {
      return end
    }
    return value
  }

  /// The boundaries that there are, for errors.
  private var ends: String {
    variables.map { "\($0.name) = \($0.lower), \($0.name) = \($0.upper)" }.joined(separator: ", ")
  }
}

extension Substring {
  /// The text without blanks at its ends.
  fileprivate var trimmingBlanks: Substring {
    var text = drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
