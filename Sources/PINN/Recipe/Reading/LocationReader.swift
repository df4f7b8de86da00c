import Symbolic

/// Where a condition holds, as its text says.
struct Location {
  var fixed: [Condition.FixedVariable] = []
  var ranges: [Condition.VariableRange] = []
  var boundary: String?
}

/// Reads where a condition holds: `x = 0`, `t < 0.5`, `boundary`, or several of the kind separated
/// by commas.
struct LocationReader {
  let variables: [Problem.Variable]
  let domain: Domain?

  /// What errors call the condition.
  let place: String

  func location(_ node: RecipeNode) throws(RecipeError) -> Location {
    let text = try node.text()
    let invalid = node.error(.invalidLocation(place: place, found: text))
    var location = Location()
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      if part.contains(where: { $0 == "<" || $0 == ">" }) {
        location.ranges.append(try range(part, node, invalid))
      } else if part.contains("=") {
        location.fixed.append(try fixed(part, node, invalid))
      } else {
        guard location.boundary == nil else { throw invalid }
        location.boundary = try boundary(String(part.trimmingBlanks), node, invalid)
      }
    }
    let mentioned = location.fixed.map(\.variable) + location.ranges.map(\.variable)
    guard Set(mentioned).count == mentioned.count else { throw invalid }
    return location
  }

  /// `x = 0`.
  private func fixed(
    _ part: Substring, _ node: RecipeNode, _ invalid: RecipeError
  ) throws(RecipeError) -> Condition.FixedVariable {
    let sides = part.split(separator: "=", omittingEmptySubsequences: false).map(\.trimmingBlanks)
    guard sides.count == 2, sides.allSatisfy({ !$0.isEmpty }) else { throw invalid }
    let index = try variable(sides[0], node, invalid)
    return .init(variable: index, value: try value(sides[1], of: index, node, invalid))
  }

  /// `x < 1`, `x > 0` or `0 < x < 1`, also with `<=` and `>=`, which mean the same here.
  private func range(
    _ part: Substring, _ node: RecipeNode, _ invalid: RecipeError
  ) throws(RecipeError) -> Condition.VariableRange {
    let isRising = part.contains("<")
    guard part.contains(">") != isRising else { throw invalid }
    var pieces = part.filter { $0 != "=" }.split(
      separator: isRising ? "<" : ">", omittingEmptySubsequences: false
    ).map { Substring($0).trimmingBlanks }
    guard (2...3).contains(pieces.count), pieces.allSatisfy({ !$0.isEmpty }) else { throw invalid }
    if !isRising { pieces.reverse() }
    guard let place = pieces.firstIndex(where: { isVariable($0) }) else { throw invalid }
    let index = try variable(pieces[place], node, invalid)
    var (lower, upper) = (variables[index].lower, variables[index].upper)
    if place > 0 { lower = try value(pieces[place - 1], of: index, node, invalid) }
    if place + 1 < pieces.count {
      upper = try value(pieces[place + 1], of: index, node, invalid)
    }
    guard lower < upper, pieces.count == 2 || place == 1 else { throw invalid }
    return .init(variable: index, lower: lower, upper: upper)
  }

  /// `boundary`, or a shape's name.
  private func boundary(
    _ name: String, _ node: RecipeNode, _ invalid: RecipeError
  ) throws(RecipeError) -> String {
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else {
      throw invalid
    }
    let known = [Domain.wholeBoundary] + (domain?.shapes.map(\.name) ?? [])
    guard known.contains(name) else {
      throw node.error(
        .unknownBoundary(
          place: place, found: name,
          suggestion: Spelling.suggestion(for: name, among: known),
          known: known + ["\(variables[0].name) = \(variables[0].lower)"]))
    }
    return name
  }

  private func isVariable(_ text: Substring) -> Bool {
    variables.contains { $0.name == text }
  }

  private func variable(
    _ name: Substring, _ node: RecipeNode, _ invalid: RecipeError
  ) throws(RecipeError) -> Int {
    let expression: Expression
    do {
      expression = try Expression(parsing: String(name), allowing: variables.map(\.name))
    } catch {
      throw node.error(.formula(place: "the location of \(place)", error))
    }
    guard let index = variables.firstIndex(where: { Symbol($0.name) == expression.symbolValue })
    else { throw invalid }
    return index
  }

  /// A value within a variable's interval; an end of it that was written with fewer digits is exact.
  private func value(
    _ text: Substring, of index: Int, _ node: RecipeNode, _ invalid: RecipeError
  ) throws(RecipeError) -> Double {
    let value: Double
    do {
      value = try Expression(parsing: String(text), allowing: []).evaluate()
    } catch {
      throw node.error(.formula(place: "the location of \(place)", error))
    }
    guard value.isFinite else { throw invalid }
    let variable = variables[index]
    for end in [variable.lower, variable.upper]
    where Swift.abs(value - end) <= 1e-9 * variable.width { return end }
    guard (variable.lower...variable.upper).contains(value) else {
      throw node.error(
        .outsideDomain(place: place, found: try node.text(), intervals: intervals))
    }
    return value
  }

  private var intervals: String {
    variables.map { "\($0.name) from \($0.lower) to \($0.upper)" }.joined(separator: ", ")
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
