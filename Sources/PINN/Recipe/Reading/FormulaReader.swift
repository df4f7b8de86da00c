import Symbolic

/// Reads the formulas of a problem and checks the names in them.
struct FormulaReader {
  let names: ProblemNames

  /// A formula that contains an unknown or a derivative of one.
  func residual(_ node: RecipeNode, _ place: String) throws(RecipeError) -> Expression {
    let text = try formulaText(node, place)
    let derivatives = try derivatives(in: text, node, place)
    let declared = names.variables + names.unknowns + names.parameters
    let expression = try parse(text, allowing: declared + derivatives, node, place)
    let isConstrained = expression.symbols.contains {
      if case .derivative = names.meaning(of: $0.name) { true } else { false }
    }
    guard isConstrained else {
      throw node.error(.noUnknown(place: place, unknowns: names.unknowns))
    }
    return expression
  }

  /// A formula of variables and parameters.
  func solution(_ node: RecipeNode, _ place: String) throws(RecipeError) -> Expression {
    try parse(
      formulaText(node, place), allowing: names.variables + names.parameters, node, place)
  }

  /// The text of a formula; a bare number is one.
  private func formulaText(_ node: RecipeNode, _ place: String) throws(RecipeError) -> String {
    do {
      return try node.text()
    } catch {
      throw RecipeNode(node.node, path: node.path, place: place, enclosingLine: node.line)
        .wrongType(expected: "a formula in quotes, such as \"u_t - u_xx\"")
    }
  }

  private func parse(
    _ text: String, allowing allowed: [String], _ node: RecipeNode, _ place: String
  ) throws(RecipeError) -> Expression {
    do {
      return try Expression(parsing: text, allowing: allowed)
    } catch {
      throw node.error(.formula(place: place, error))
    }
  }

  /// The names in a text that are derivatives.
  ///
  /// Only those that occur are allowed to the parser: there are too many to list all.
  private func derivatives(
    in text: String, _ node: RecipeNode, _ place: String
  ) throws(RecipeError) -> [String] {
    var found: [String] = []
    let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")) }
    for word in Set(words.map(String.init)).sorted() {
      switch names.meaning(of: word) {
      case .derivative(let derivative):
        guard derivative.order <= DerivativeSymbol.orderLimit else {
          throw node.error(
            .derivativeOrder(place: place, name: word, order: derivative.order))
        }
        found.append(word)
      case .notVariables(_, let suffix):
        throw node.error(
          .derivativeByNoVariable(
            place: place, name: word, suffix: suffix, variables: names.variables))
      case .ambiguous:
        throw node.error(.ambiguousDerivative(place: place, name: word))
      case .variable, .parameter, .unknown:
        continue
      }
    }
    return found
  }
}
