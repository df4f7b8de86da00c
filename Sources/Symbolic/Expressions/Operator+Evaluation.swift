internal import CVectorMath

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
  /// `1/0` is infinite. Minima, maxima and comparisons of NaN are NaN, so that none of them hides
  /// that its operand has left its domain.
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
  case .atan2: atan2(a, b)
  case .hypot: hypot(a, b)
  case .mod: modulo(a, b)
  case .greater: indicator(a > b, a, b)
  case .cond: a.isNaN ? a : a > 0 ? b : 0
  case .logicalOr: indicator(a > 0 || b > 0, a, b)
  case .logicalAnd: indicator(a > 0 && b > 0, a, b)
  case .polygamma: limbeck_polygamma(a, b)
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
  case .log2: log2(a)
  case .log10: log10(a)
  case .log1p: log1p(a)
  case .expm1: expm1(a)
  case .asinh: asinh(a)
  case .acosh: acosh(a)
  case .atanh: atanh(a)
  case .erfc: erfc(a)
  case .gamma: tgamma(a)
  case .lgamma: limbeck_log_gamma(a)
  case .digamma: limbeck_digamma(a)
  case .besselJ0: j0(a)
  case .besselJ1: j1(a)
  case .besselY0: y0(a)
  case .besselY1: y1(a)
  case .relu: a < 0 ? 0 : a
  case .step: indicator(a > 0, a, a)
  case .floor: a.rounded(.down)
  case .ceil: a.rounded(.up)
  case .round: a.rounded(.toNearestOrEven)
  }
}

private func indicator(_ condition: Bool, _ a: Double, _ b: Double) -> Double {
  a.isNaN || b.isNaN ? .nan : condition ? 1 : 0
}

/// The exact remainder, moved to the sign of the divisor.
private func modulo(_ a: Double, _ b: Double) -> Double {
  let remainder = fmod(a, b)
  return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder
}
