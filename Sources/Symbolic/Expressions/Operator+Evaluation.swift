#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Operator {
  /// The value of the operator: the plain definition every faster evaluator is tested against.
  ///
  /// Follows IEEE 754 where an operand is outside the domain: `log(-1)` and `sqrt(-1)` are NaN,
  /// `1/0` is infinite, and `min` and `max` of NaN are NaN.
  ///
  /// - Parameters:
  ///   - a: The first operand.
  ///   - b: The second operand; ignored by operators of one operand.
  /// - Returns: The value; NaN for ``constant`` and ``symbol``, whose value is in the node.
  public func callAsFunction(_ a: Double, _ b: Double = .nan) -> Double {
    value(of: self, a, b)
  }
}

// Outside the enum, where `sin` means the C library's function and not the case of that name.
private func value(of operation: Operator, _ a: Double, _ b: Double) -> Double {
  switch operation {
  case .constant, .symbol: .nan
  case .pi: .pi
  case .add: a + b
  case .subtract: a - b
  case .multiply: a * b
  case .divide: a / b
  case .power: pow(a, b)
  case .min: a.isNaN || b.isNaN ? .nan : min(a, b)
  case .max: a.isNaN || b.isNaN ? .nan : max(a, b)
  case .negate: -a
  case .square: a * a
  case .cube: a * a * a
  case .reciprocal: 1 / a
  case .sqrt: a.squareRoot()
  case .cbrt: cbrt(a)
  case .exp: exp(a)
  case .log: log(a)
  case .sin: sin(a)
  case .cos: cos(a)
  case .tan: tan(a)
  case .asin: asin(a)
  case .acos: acos(a)
  case .atan: atan(a)
  case .sinh: sinh(a)
  case .cosh: cosh(a)
  case .tanh: tanh(a)
  case .abs: a.magnitude
  case .sign: a > 0 ? 1 : a < 0 ? -1 : a
  case .erf: erf(a)
  }
}
