public import Symbolic

extension Problem {
  /// The symbols of the variables, in order.
  public var variableSymbols: [Symbol] { variables.map { Symbol($0.name) } }

  /// A formula with the parameters' values in the place of their names.
  ///
  /// - Parameter formula: A formula over variables, parameters and derivatives.
  /// - Returns: The formula without parameters.
  public func withNumbers(_ formula: Expression) -> Expression {
    formula.substituting(parameterValues.mapValues { Expression($0) })
  }
}

extension Problem.Variable {
  /// A point of the interval.
  ///
  /// - Parameter fraction: 0 for the lower end, 1 for the upper.
  /// - Returns: The coordinate.
  public func coordinate(_ fraction: Double) -> Double {
    // The second form is exact at the upper end, where boundary conditions are checked.
    fraction < 0.5 ? lower + width * fraction : upper - width * (1 - fraction)
  }
}
