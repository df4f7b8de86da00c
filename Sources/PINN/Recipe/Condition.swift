public import Symbolic

/// A boundary or initial condition, or one inside the domain: an equation and where it holds.
public struct Condition: Sendable, Equatable {
  /// The fixed variables.
  public let location: [FixedVariable]

  /// Variables that are confined to a part of their interval.
  public let ranges: [VariableRange]

  /// The shape of the domain on whose boundary the condition holds, or `Domain.wholeBoundary`; nil
  /// where the condition holds inside or on faces of the variables' box.
  public let boundary: String?

  /// Where ``equation`` has the same value as at ``location``; nil where it vanishes instead.
  public let partner: [FixedVariable]?

  /// The residual that vanishes there, or that has the same value at the partner.
  public let equation: Expression

  /// The weight in the loss in proportion to that of the other conditions.
  public let weight: Double

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

  /// One variable and the part of its interval that it is confined to.
  public struct VariableRange: Sendable, Equatable {
    /// The index of the variable in ``Problem/variables``.
    public let variable: Int

    /// The lower end.
    public let lower: Double

    /// The upper end, greater than the lower.
    public let upper: Double

    /// Confines a variable.
    ///
    /// - Parameters:
    ///   - variable: The index of the variable in ``Problem/variables``.
    ///   - lower: The lower end.
    ///   - upper: The upper end, greater than the lower.
    public init(variable: Int, lower: Double, upper: Double) {
      self.variable = variable
      self.lower = lower
      self.upper = upper
    }
  }

  /// States a condition.
  ///
  /// - Parameters:
  ///   - location: The fixed variables, each once.
  ///   - ranges: Variables that are confined to a part of their interval.
  ///   - boundary: The shape on whose boundary the condition holds, if it is on one.
  ///   - partner: Where the equation has the same value; the same variables as in `location`.
  ///   - equation: The residual that vanishes there.
  ///   - weight: The weight in proportion to that of the other conditions.
  public init(
    location: [FixedVariable], ranges: [VariableRange] = [], boundary: String? = nil,
    partner: [FixedVariable]? = nil, equation: Expression, weight: Double = 1
  ) {
    precondition(
      !location.isEmpty || !ranges.isEmpty || boundary != nil, "a condition holds somewhere")
    precondition(
      partner.map { $0.map(\.variable) == location.map(\.variable) } ?? true,
      "a period moves the fixed variables")
    self.location = location
    self.ranges = ranges
    self.boundary = boundary
    self.partner = partner
    self.equation = equation
    self.weight = weight
  }
}
