public import Symbolic

/// A boundary or initial condition: an equation that holds where some variables are fixed.
public struct Condition: Sendable, Equatable {
  /// The fixed variables, at least one of them at an end of its interval.
  public let location: [FixedVariable]

  /// The residual that vanishes there.
  public let equation: Expression

  /// One variable and the value it is fixed at.
  public struct FixedVariable: Sendable, Equatable {
    /// The index of the variable in ``Problem/variables``.
    public let variable: Int

    /// The value, within the variable's interval.
    public let value: Double

    /// Fixes a variable.
    ///
    /// - Parameters:
    ///   - variable: The index of the variable in ``Problem/variables``.
    ///   - value: The value, within the variable's interval.
    public init(variable: Int, value: Double) {
      self.variable = variable
      self.value = value
    }
  }

  /// States a condition.
  ///
  /// - Parameters:
  ///   - location: The fixed variables; at least one, each once.
  ///   - equation: The residual that vanishes there.
  public init(location: [FixedVariable], equation: Expression) {
    precondition(!location.isEmpty, "a condition fixes a variable")
    self.location = location
    self.equation = equation
  }
}
