package import Symbolic

/// A problem's formulas as residuals of the network: over its outputs' derivatives instead of the
/// unknowns', where a transform lies between them, and with numbers for parameters that are fixed.
package struct NetworkForm {
  private let problem: Problem
  private let transform: OutputTransform?

  /// What the names of derivatives in the formulas stand for.
  package private(set) var symbols: [Symbol: DerivativeSymbol] = [:]

  /// Begins without symbols.
  ///
  /// - Parameter problem: The problem.
  package init(_ problem: Problem) {
    self.problem = problem
    transform = problem.outputTransform
  }

  /// The form of an equation.
  ///
  /// - Parameter equation: A formula of the problem.
  /// - Returns: The formula over the outputs' derivatives, whose meanings ``symbols`` holds.
  package mutating func form(_ equation: Expression) -> Expression {
    let numeric = problem.withFixedNumbers(equation)
    var replacements: [Symbol: Expression] = [:]
    for symbol in numeric.symbols {
      guard let field = problem.derivative(symbol) else { continue }
      guard let transform else {
        symbols[symbol] = field
        continue
      }
      let (formula, outputs) = transform.networkForm(of: field)
      replacements[symbol] = formula
      symbols.merge(outputs) { first, _ in first }
    }
    return numeric.substituting(replacements)
  }

  /// The form of a condition: for a periodic one, the difference of the two sides.
  ///
  /// - Parameter condition: A condition of the problem.
  /// - Returns: The formula over the outputs' derivatives, whose meanings ``symbols`` holds.
  package mutating func form(_ condition: Condition) -> Expression {
    let own = form(condition.equation)
    guard let partner = condition.partner else { return own }
    var there: [Symbol: Expression] = [:]
    for fixed in partner {
      there[problem.variableSymbols[fixed.variable]] = Expression(fixed.value)
    }
    for symbol in own.symbols where symbols[symbol] != nil {
      there[symbol] = Expression(DerivativeSymbol.partnerSymbol(of: symbol))
    }
    return own - own.substituting(there)
  }
}
