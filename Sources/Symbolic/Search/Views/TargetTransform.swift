#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A function g of the target under which a formula may be simpler: `1/y` of parallel resistors,
/// `log y` of a Gaussian, `y²` of a distance.
///
/// Islands that search for g(y) find `g⁻¹(b + Σ c_k T_k)`, whose outermost layer no tree has to
/// discover. Only functions whose inverse the grammar can write take part.
package enum TargetTransform: UInt8, CaseIterable, Sendable, Codable {
  /// `y` itself.
  case identity
  /// `1/y`
  case reciprocal
  /// `y²`
  case square
  /// `√y`
  case squareRoot
  /// `log y`
  case logarithm
  /// `exp y`
  case exponential
  /// `sin y`, for angles in [-π/2, π/2].
  case sine
  /// `cos y`, for angles in [0, π].
  case cosine
  /// `tan y`, for angles in (-π/2, π/2).
  case tangent
  /// `artanh y`, for values in (-1, 1).
  case inverseHyperbolicTangent

  /// The value for one row; NaN where the inverse would not lead back.
  package func callAsFunction(_ y: Double) -> Double {
    switch self {
    case .identity: y
    case .reciprocal: y == 0 ? .nan : 1 / y
    case .square: y >= 0 ? y * y : .nan
    case .squareRoot: y.squareRoot()
    case .logarithm: y > 0 ? log(y) : .nan
    case .exponential: y.magnitude < 30 ? exp(y) : .nan
    case .sine: y.magnitude <= .pi / 2 ? sin(y) : .nan
    case .cosine: y >= 0 && y <= .pi ? cos(y) : .nan
    case .tangent: y.magnitude < 1.5 ? tan(y) : .nan
    case .inverseHyperbolicTangent: y.magnitude < 1 ? atanh(y) : .nan
    }
  }

  /// The derivative for one row, which turns errors of y into errors of g(y).
  package func slope(_ y: Double) -> Double {
    switch self {
    case .identity: 1
    case .reciprocal: -1 / (y * y)
    case .square: 2 * y
    case .squareRoot: 0.5 / y.squareRoot()
    case .logarithm: 1 / y
    case .exponential: exp(y)
    case .sine: cos(y)
    case .cosine: -sin(y)
    case .tangent: 1 / (cos(y) * cos(y))
    case .inverseHyperbolicTangent: 1 / (1 - y * y)
    }
  }

  /// What the inverse is written with, any one of each list.
  package var neededOperators: [[Operator]] {
    switch self {
    case .identity: []
    case .reciprocal: [[.divide, .reciprocal]]
    case .square: [[.sqrt, .power]]
    case .squareRoot: [[.square, .multiply, .power]]
    case .logarithm: [[.exp]]
    case .exponential: [[.log]]
    case .sine: [[.asin]]
    case .cosine: [[.acos]]
    case .tangent: [[.atan]]
    case .inverseHyperbolicTangent: [[.tanh]]
    }
  }

  /// The operand of the inverse, wrapped into it.
  ///
  /// - Parameters:
  ///   - operand: A tree for g(y).
  ///   - powers: How the grammar writes powers.
  /// - Returns: The tree for y; nil if the grammar cannot write it.
  package func inverse(of operand: [Gene], powers: PowerWriter) -> [Gene]? {
    switch self {
    case .identity: operand
    case .reciprocal: powers.write(operand, exponent: -1)
    case .square: powers.write(operand, exponent: 0.5)
    case .squareRoot: powers.write(operand, exponent: 2)
    case .logarithm: operand.applying(.exp)
    case .exponential: operand.applying(.log)
    case .sine: operand.applying(.asin)
    case .cosine: operand.applying(.acos)
    case .tangent: operand.applying(.atan)
    case .inverseHyperbolicTangent: operand.applying(.tanh)
    }
  }
}
