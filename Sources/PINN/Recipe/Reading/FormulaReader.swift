import Symbolic

/// Reads the formulas of a problem and checks the names in them.
struct FormulaReader {
  let names: ProblemNames

  /// The functions that the recipe defines.
  var functions: [CustomOperator] = []

  /// A formula that contains an unknown or a derivative of one.
  ///
  /// - Parameters:
  ///   - node: The formula.
  ///   - place: What errors call it.
  ///   - normal: The components of the outward normal by variable, where there is a boundary: then
  ///     `n_x` is a name and `u_n` a derivative.
  /// - Returns: The formula, over derivatives by variables alone.
  /// - Throws: ``RecipeError`` if it is no formula of these names.
  func residual(
    _ node: RecipeNode, _ place: String, normal: [(variable: Int, component: Expression)] = []
  ) throws(RecipeError) -> Expression {
    let text = try formulaText(node, place)
    let words = Self.words(in: text)
    let slopes = normal.isEmpty ? [:] : normalDerivatives(in: words, normal)
    let components = normalComponents(normal)
    let derivatives = try derivatives(in: words.filter { slopes[Symbol($0)] == nil }, node, place)
    let declared = names.variables + names.unknowns + names.parameters
    let extra = (slopes.keys.sorted() + components.keys.sorted()).map(\.name)
    let expression = try parse(text, allowing: declared + derivatives + extra, node, place)
      .substituting(slopes).substituting(components)
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

  /// A formula of variables, parameters and undifferentiated unknowns.
  func transform(_ node: RecipeNode, _ place: String) throws(RecipeError) -> Expression {
    try parse(
      formulaText(node, place),
      allowing: names.variables + names.parameters + names.unknowns, node, place)
  }

  /// A function's body, a formula of variables, parameters and its arguments.
  func body(
    _ node: RecipeNode, _ place: String, arguments: [String]
  ) throws(RecipeError) -> Expression {
    try parse(
      formulaText(node, place), allowing: names.variables + names.parameters + arguments, node,
      place)
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
      return try Expression(parsing: text, allowing: allowed, calling: functions)
    } catch {
      throw node.error(.formula(place: place, error))
    }
  }

  /// The words in a text, each once, sorted.
  private static func words(in text: String) -> [String] {
    let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")) }
    return Set(words.map(String.init)).sorted()
  }

  /// The words that are derivatives.
  ///
  /// Only those that occur are allowed to the parser: there are too many to list all.
  private func derivatives(
    in words: [String], _ node: RecipeNode, _ place: String
  ) throws(RecipeError) -> [String] {
    var found: [String] = []
    for word in words where !functions.contains(where: { $0.name == word }) {
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

  /// `u_n = Σ nᵢ u_xᵢ` and `u_nn = Σ nᵢ nⱼ u_xᵢxⱼ` for the words that are normal derivatives, with
  /// the normal held constant.
  private func normalDerivatives(
    in words: [String], _ normal: [(variable: Int, component: Expression)]
  ) -> [Symbol: Expression] {
    var result: [Symbol: Expression] = [:]
    for unknown in names.unknowns {
      for order in 1...2 {
        let word = unknown + "_" + String(repeating: "n", count: order)
        guard words.contains(word), case .notVariables = names.meaning(of: word) else { continue }
        var terms: [(name: String, factor: Expression)] = [(unknown + "_", 1)]
        for _ in 0..<order {
          terms = terms.flatMap { term in
            normal.map { direction in
              (
                term.name + names.variables[direction.variable],
                Self.product(term.factor, direction.component)
              )
            }
          }
        }
        let products = terms.map { Self.product($0.factor, Expression(Symbol($0.name))) }
        result[Symbol(word)] = products.dropFirst().reduce(products[0], +)
      }
    }
    return result
  }

  /// A product without factors of one, which would not read back as they were written.
  private static func product(_ a: Expression, _ b: Expression) -> Expression {
    switch (a.constantValue, b.constantValue) {
    case (let a?, let b?): Expression(a * b)
    case (1, _): b
    case (-1, _): -b
    default: a * b
    }
  }

  /// `n_x` and its like by what they are.
  private func normalComponents(
    _ normal: [(variable: Int, component: Expression)]
  ) -> [Symbol: Expression] {
    var result: [Symbol: Expression] = [:]
    for (variable, component) in normal {
      let name = "n_" + names.variables[variable]
      if case .unknown = names.meaning(of: name) { result[Symbol(name)] = component }
    }
    return result
  }
}
