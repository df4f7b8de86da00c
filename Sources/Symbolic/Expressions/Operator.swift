/// What a node of an expression does with its operands.
///
/// Leaves are operators without operands. ``Operator/notation`` holds the spelling of each case,
/// ``Operator/callAsFunction(_:_:)`` its value, and the derivative rules, the simplifier and the
/// compiled evaluator switch over the same cases; a test checks that none of them misses one.
public enum Operator: UInt8, CaseIterable, Hashable, Sendable, Codable {
  /// A number, stored in the node.
  case constant
  /// A name, stored in the node.
  case symbol
  /// The exact constant π.
  case pi

  /// `a + b`
  case add
  /// `a - b`
  case subtract
  /// `a*b`
  case multiply
  /// `a/b`
  case divide
  /// `a^b`, real: NaN for a negative base with a fractional exponent.
  case power
  /// The lesser of two values.
  case min
  /// The greater of two values.
  case max
  /// The angle of the point (b, a) in (-π, π], as C's `atan2(a, b)`.
  case atan2
  /// `sqrt(a^2 + b^2)`, without overflow on the way.
  case hypot
  /// `a - b*floor(a/b)`: the remainder with the sign of the divisor.
  case mod
  /// 1 where `a > b`, else 0.
  case greater
  /// `b` where `a > 0`, else 0, whatever `b` is there.
  case cond
  /// 1 where `a > 0` or `b > 0`, else 0.
  case logicalOr
  /// 1 where `a > 0` and `b > 0`, else 0.
  case logicalAnd
  /// The derivative of order `a` of ``digamma`` at `b`, for whole orders from 0 to 30.
  case polygamma

  /// `-a`
  case negate
  /// `a^2`
  case square
  /// `a^3`
  case cube
  /// `1/a`
  case reciprocal
  /// The non-negative square root.
  case sqrt
  /// The real cube root, negative for negative operands.
  case cbrt
  /// The natural exponential.
  case exp
  /// The natural logarithm.
  case log
  /// The sine of an angle in radians.
  case sin
  /// The cosine of an angle in radians.
  case cos
  /// The tangent of an angle in radians.
  case tan
  /// The inverse sine in [-π/2, π/2].
  case asin
  /// The inverse cosine in [0, π].
  case acos
  /// The inverse tangent in (-π/2, π/2).
  case atan
  /// The hyperbolic sine.
  case sinh
  /// The hyperbolic cosine.
  case cosh
  /// The hyperbolic tangent.
  case tanh
  /// The absolute value.
  case abs
  /// -1, 0 or 1.
  case sign
  /// The error function `2/√π ∫₀ᵃ exp(-s²) ds`.
  case erf

  /// The logarithm of base 2.
  case log2
  /// The logarithm of base 10.
  case log10
  /// `log(1 + a)`, accurate for small operands.
  case log1p
  /// `exp(a) - 1`, accurate for small operands.
  case expm1
  /// The inverse hyperbolic sine.
  case asinh
  /// The non-negative inverse hyperbolic cosine.
  case acosh
  /// The inverse hyperbolic tangent.
  case atanh
  /// The complement `1 - erf(a)`, accurate for large operands.
  case erfc
  /// Euler's gamma function, `(a - 1)!` for whole operands.
  case gamma
  /// The logarithm of the absolute value of ``gamma``.
  case lgamma
  /// The logarithmic derivative of ``gamma``.
  case digamma
  /// Bessel's function of the first kind of order 0.
  case besselJ0
  /// Bessel's function of the first kind of order 1.
  case besselJ1
  /// Bessel's function of the second kind of order 0.
  case besselY0
  /// Bessel's function of the second kind of order 1.
  case besselY1
  /// The greater of the operand and 0.
  case relu
  /// Heaviside's step: 1 for positive operands, else 0.
  case step
  /// The greatest whole number that is not greater.
  case floor
  /// The least whole number that is not less.
  case ceil
  /// The nearest whole number, the even one of two.
  case round

  /// The number of operands: 0, 1 or 2.
  public var arity: Int {
    switch self {
    case .constant, .symbol, .pi: 0
    case .add, .subtract, .multiply, .divide, .power, .min, .max, .atan2, .hypot, .mod, .greater,
      .cond, .logicalOr, .logicalAnd, .polygamma:
      2
    default: 1
    }
  }

  /// Whether exchanging the two operands leaves the value as it is.
  public var isCommutative: Bool {
    switch self {
    case .add, .multiply, .min, .max, .hypot, .logicalOr, .logicalAnd: true
    default: false
    }
  }

  /// Whether the operator is written between its operands.
  public var isInfix: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide, .power: true
    default: false
    }
  }
}
