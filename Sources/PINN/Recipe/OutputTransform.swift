internal import Networks
public import Symbolic

/// Makes the unknowns out of a network's outputs, so that conditions hold whatever the outputs are.
///
/// `x*(1 - x)*u + sin(pi*x)` makes an unknown that is `sin(pi*x)` where x is 0 or 1; in it, `u`
/// stands for the output. Derivatives of the unknown follow by the product and the chain rule from
/// those of the outputs, symbolically. Lagaris, Likas & Fotiadis (1998),
/// [doi:10.1109/72.712178](https://doi.org/10.1109/72.712178).
public struct OutputTransform: Sendable, Equatable {
  /// The symbols of the variables.
  public let variables: [Symbol]

  /// The names of the unknowns, which are the outputs' names in the formulas.
  public let unknowns: [String]

  /// For each unknown its formula over variables and outputs; nil where it is the output.
  public let formulas: [Expression?]

  /// States a transform.
  ///
  /// - Parameters:
  ///   - variables: The symbols of the variables.
  ///   - unknowns: The names of the unknowns.
  ///   - formulas: For each unknown its formula over variables and outputs; nil where it is the output.
  public init(variables: [Symbol], unknowns: [String], formulas: [Expression?]) {
    precondition(formulas.count == unknowns.count, "each unknown has a formula or none")
    self.variables = variables
    self.unknowns = unknowns
    self.formulas = formulas
  }

  /// Reads a transform from its formulas' texts.
  ///
  /// - Parameters:
  ///   - texts: For each unknown its formula; nil where it is the output.
  ///   - variables: The names of the variables.
  ///   - unknowns: The names of the unknowns.
  /// - Throws: `ParseError` if a text is no formula of these names.
  init(
    parsing texts: [String?], variables: [String], unknowns: [String]
  ) throws(ParseError) {
    var formulas: [Expression?] = []
    for text in texts {
      formulas.append(
        try text.map { (text) throws(ParseError) in
          try Expression(parsing: text, allowing: variables + unknowns)
        })
    }
    self.init(
      variables: variables.map { Symbol($0) }, unknowns: unknowns, formulas: formulas)
  }

  /// The formula of a derivative of an unknown over variables and derivatives of outputs.
  ///
  /// - Parameter field: The derivative of the unknown.
  /// - Returns: The formula and what the names of outputs' derivatives in it stand for.
  public func networkForm(
    of field: DerivativeSymbol
  ) -> (formula: Expression, outputs: [Symbol: DerivativeSymbol]) {
    guard let formula = formulas[field.unknown] else {
      let output = output(field.unknown, field.monomial)
      return (Expression(output.symbol), [output.symbol: output])
    }
    var outputs: [Symbol: DerivativeSymbol] = [:]
    var names: [Symbol: Expression] = [:]
    for (index, unknown) in unknowns.enumerated() {
      let value = output(index, Monomial(variables.map { _ in 0 }))
      outputs[value.symbol] = value
      names[Symbol(unknown)] = Expression(value.symbol)
    }
    var parts = PointParts(known: Set(variables))
    var result = parts.extract(from: formula.substituting(names))
    for (variable, count) in field.monomial.exponents.enumerated() {
      for _ in 0..<count { result = derivative(of: result, by: variable, &outputs, &parts) }
    }
    result = parts.restore(in: result)
    let used = Set(result.symbols)
    return (result, outputs.filter { used.contains($0.key) })
  }

  /// The derivative along one variable, on which the outputs and the parts depend as well.
  private func derivative(
    of formula: Expression, by variable: Int, _ outputs: inout [Symbol: DerivativeSymbol],
    _ parts: inout PointParts
  ) -> Expression {
    var result = formula.derivative(withRespectTo: variables[variable])
    for symbol in formula.symbols {
      guard let output = outputs[symbol] else { continue }
      var exponents = output.monomial.exponents
      exponents[variable] += 1
      let next = self.output(output.unknown, Monomial(exponents))
      outputs[next.symbol] = next
      result = result + formula.derivative(withRespectTo: symbol) * Expression(next.symbol)
    }
    for (symbol, part) in parts.formulas {
      // As the rules of calculus leave it: computed once, it need not be short, and a common
      // denominator of exponentials would overflow.
      let slope = part.derivative(withRespectTo: variables[variable])
      let factor = formula.derivative(withRespectTo: symbol)
      guard slope != .zero, factor != .zero else { continue }
      result = result + factor * parts.name(of: slope)
    }
    return result.simplified()
  }

  /// A derivative of an output, by a name that no recipe can contain.
  private func output(_ unknown: Int, _ monomial: Monomial) -> DerivativeSymbol {
    let orders = monomial.exponents.map(\.description).joined(separator: " ")
    return DerivativeSymbol(
      unknown: unknown, monomial: monomial,
      symbol: Symbol("output \(unknowns[unknown]) \(orders)"))
  }
}

extension Problem {
  /// How the unknowns are made out of the network's outputs; nil if they are the outputs.
  public var outputTransform: OutputTransform? {
    guard transform.contains(where: { $0 != nil }) else { return nil }
    return OutputTransform(
      variables: variableSymbols, unknowns: unknowns,
      formulas: transform.map { $0.map(withNumbers) })
  }
}
