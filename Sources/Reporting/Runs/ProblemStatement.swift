/// What a run solved, in the formulas of its recipe.
public struct ProblemStatement: Sendable {
  /// The independent variables with their intervals.
  public let variables: [(name: String, lower: Double, upper: Double)]

  /// Residuals that vanish inside the domain.
  public let equations: [String]

  /// Residuals that vanish at a place, such as `t = 0`.
  public let conditions: [(place: String, equation: String)]

  /// The named numbers.
  public let parameters: [(name: String, value: Double)]

  /// States a problem.
  ///
  /// - Parameters:
  ///   - variables: The independent variables with their intervals.
  ///   - equations: Residuals that vanish inside the domain.
  ///   - conditions: Residuals that vanish at a place.
  ///   - parameters: The named numbers.
  public init(
    variables: [(name: String, lower: Double, upper: Double)], equations: [String],
    conditions: [(place: String, equation: String)], parameters: [(name: String, value: Double)]
  ) {
    self.variables = variables
    self.equations = equations
    self.conditions = conditions
    self.parameters = parameters
  }
}
