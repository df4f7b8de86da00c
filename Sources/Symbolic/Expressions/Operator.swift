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

  /// The number of operands: 0, 1 or 2.
  public var arity: Int {
    switch self {
    case .constant, .symbol, .pi: 0
    case .add, .subtract, .multiply, .divide, .power, .min, .max: 2
    default: 1
    }
  }

  /// Whether exchanging the two operands leaves the value as it is.
  public var isCommutative: Bool {
    switch self {
    case .add, .multiply, .min, .max: true
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
