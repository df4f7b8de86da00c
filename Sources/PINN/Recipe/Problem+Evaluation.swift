public import Symbolic

extension Problem {
  /// The symbols of the variables, in order.
  public var variableSymbols: [Symbol] { variables.map { Symbol($0.name) } }

  /// The parameters that are found by training, in order.
  public var trainableParameters: [Parameter] { parameters.filter(\.isTrainable) }

  /// A formula with the parameters' values in the place of their names.
  ///
  /// - Parameter formula: A formula over variables, parameters and derivatives.
  /// - Returns: The formula without parameters.
  public func withNumbers(_ formula: Expression) -> Expression {
    formula.substituting(parameterValues.mapValues { Expression($0) })
  }

  /// A formula with the values of those parameters in the place of their names that are not trained.
  func withFixedNumbers(_ formula: Expression) -> Expression {
    let fixed = parameters.filter { !$0.isTrainable }
    return formula.substituting(
      Dictionary(uniqueKeysWithValues: fixed.map { (Symbol($0.name), Expression($0.value)) }))
  }

  /// The problem with found values in the place of those that training started from.
  ///
  /// - Parameter values: Values of parameters by name; other parameters stay as they are.
  /// - Returns: The problem.
  public func settingParameters(_ values: [String: Double]) -> Problem {
    var problem = self
    problem.parameters = parameters.map { parameter in
      Parameter(
        name: parameter.name, value: values[parameter.name] ?? parameter.value,
        isTrainable: parameter.isTrainable)
    }
    return problem
  }

  /// The name of a component of the outward unit normal in conditions: `n_x`.
  func normalSymbol(_ variable: Int) -> Symbol { Symbol("n_\(variables[variable].name)") }
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
