/// How the dimension of an operator's value follows from those of its operands.
enum DimensionRule: Sendable {
  /// Operands and value share one dimension: `+ - min max`.
  case common

  /// Operands share one dimension, and the value is a pure number: `atan2`.
  case comparison

  /// The value has the dimension of the only operand: `abs`.
  case same

  /// Dimensions multiply.
  case product

  /// Dimensions divide.
  case quotient

  /// The value is the operand to a fixed power: `square`, `sqrt`.
  case fixedPower(Double)

  /// The exponent is the second operand.
  case power

  /// The value has the dimension of the second operand, and the first may have any: `cond`.
  case second

  /// Any operand gives a pure number: `sign`.
  case indicator

  /// Operands and value are pure numbers: `sin`, `exp`.
  case pure
}

/// What is wrong with the dimensions of an operator's operands.
enum DimensionConflict: Equatable {
  case operandsDiffer
  case operandNotPure
  case exponentNotPure
  case exponentNotRational
}

extension Operator {
  /// How the dimension of the value follows from those of the operands.
  var dimensionRule: DimensionRule {
    switch self {
    case .add, .subtract, .min, .max, .hypot, .mod: .common
    case .atan2, .greater: .comparison
    case .negate, .abs, .relu: .same
    case .multiply: .product
    case .divide: .quotient
    case .power: .power
    case .cond: .second
    case .square: .fixedPower(2)
    case .cube: .fixedPower(3)
    case .reciprocal: .fixedPower(-1)
    case .sqrt: .fixedPower(0.5)
    case .cbrt: .fixedPower(1.0 / 3)
    case .sign, .step, .logicalAnd, .logicalOr: .indicator
    // The whole part of a length depends on its unit.
    case .floor, .ceil, .round: .pure
    case .constant, .symbol, .pi, .exp, .log, .log2, .log10, .log1p, .expm1, .sin, .cos, .tan,
      .asin, .acos, .atan, .sinh, .cosh, .tanh, .asinh, .acosh, .atanh, .erf, .erfc, .gamma,
      .lgamma, .digamma, .polygamma, .besselJ0, .besselJ1, .besselY0, .besselY1:
      .pure
    }
  }
}

extension DimensionRule {
  /// The quantity that an operator makes of its operands.
  ///
  /// After a conflict the value counts as free, so that one mistake is reported once.
  ///
  /// - Parameters:
  ///   - a: The first operand.
  ///   - b: The second operand; ignored by operators of one operand.
  /// - Returns: The value, and what is wrong if anything is.
  func apply(_ a: Quantity, _ b: Quantity) -> (Quantity, DimensionConflict?) {
    switch self {
    case .common:
      if a.isFree || b.isFree { return (a.isFree ? b : a, nil) }
      return a.dimension == b.dimension
        ? (Quantity(a.dimension), nil) : (.free, .operandsDiffer)
    case .comparison:
      let differ = !a.isFree && !b.isFree && a.dimension != b.dimension
      return (.pure, differ ? .operandsDiffer : nil)
    case .second: return (b.isFree ? .free : Quantity(b.dimension), nil)
    case .same: return (a.isFree ? .free : Quantity(a.dimension), nil)
    case .product:
      return (a.isFree || b.isFree ? .free : Quantity(a.dimension * b.dimension), nil)
    case .quotient:
      if a.isFree || b.isFree { return (.free, nil) }
      // The exponent of `x^(2/3)` is a quotient of numbers.
      return (Quantity(a.dimension / b.dimension, number: a.number / b.number), nil)
    case .fixedPower(let exponent):
      return power(a, exponent)
    case .power:
      guard b.mayBePure else { return (.free, .exponentNotPure) }
      if a.isFree || a.dimension.isNone { return (a.isFree ? .free : .pure, nil) }
      // A free exponent is fitted, and what it will be is not known yet.
      if b.isFree { return (.free, nil) }
      return b.number.isNaN ? (.free, .exponentNotRational) : power(a, b.number)
    case .indicator: return (.pure, nil)
    case .pure:
      return (.pure, a.mayBePure && b.mayBePure ? nil : .operandNotPure)
    }
  }

  private func power(_ a: Quantity, _ exponent: Double) -> (Quantity, DimensionConflict?) {
    if a.isFree { return (.free, nil) }
    guard let dimension = a.dimension.raised(to: exponent) else {
      return (.free, .exponentNotRational)
    }
    return (Quantity(dimension, number: Symbolic.power(a.number, exponent)), nil)
  }
}
