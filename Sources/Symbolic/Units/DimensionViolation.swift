/// Where a formula breaks the rules of dimensional analysis.
public enum DimensionViolation: Error, Equatable, Sendable {
  /// Quantities of different kinds are added, subtracted or compared.
  case operandsDiffer(part: Expression, left: Dimension, right: Dimension)

  /// A function of pure numbers is applied to something else.
  case operandNotPure(part: Expression, found: Dimension)

  /// An exponent is no pure number.
  case exponentNotPure(part: Expression, found: Dimension)

  /// A quantity with a dimension is raised to a power that is no plain fraction.
  case exponentNotRational(part: Expression, base: Dimension)
}

extension DimensionViolation: CustomStringConvertible {
  /// One sentence that names the part of the formula and the dimensions.
  public var description: String {
    switch self {
    case .operandsDiffer(let part, let left, let right):
      "in '\(part)' one operand is in \(left) and the other in \(right); both must agree"
    case .operandNotPure(let part, let found):
      "in '\(part)' the operand is in \(found), but the function takes pure numbers only"
    case .exponentNotPure(let part, let found):
      "in '\(part)' the exponent is in \(found), but exponents are pure numbers"
    case .exponentNotRational(let part, let base):
      "in '\(part)' the base is in \(base), so that the exponent must be a plain fraction"
    }
  }
}
