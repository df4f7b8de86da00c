internal import CVectorMath

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Operator {
  /// What the operator makes of sets of operands.
  ///
  /// - Parameters:
  ///   - a: What is known of the first operand.
  ///   - b: What is known of the second operand; ignored by operators of one operand.
  /// - Returns: The values, no more certain than the operands.
  func enclosure(_ a: Enclosure, _ b: Enclosure) -> Enclosure {
    // Where the condition fails, the other operand need not have a value.
    if self == .cond, a.certainty > .undefined {
      if a.range.upper <= 0 { return Enclosure(Interval(0), a.certainty) }
      if a.range.lower <= 0 {
        let certainty = b.certainty >= .defined ? Enclosure.Certainty.defined : .uncertain
        return Enclosure(Interval(0).hull(b.range), Swift.min(a.certainty, certainty))
      }
    }
    let operands = arity == 2 ? Swift.min(a.certainty, b.certainty) : a.certainty
    if operands == .undefined { return Enclosure(.empty, .undefined) }
    let result =
      arity == 1 ? image(of: self, a.range) : image(of: self, a.range, b.range)
    // What is not bounded may overflow.
    let certainty = result.range.isBounded ? result.certainty : .uncertain
    return Enclosure(result.range, Swift.min(operands, certainty))
  }
}

// Outside the enum, where `sin` means the C library's function and not the case of that name.

private func image(of operation: Operator, _ a: Interval) -> Enclosure {
  switch operation {
  case .constant, .symbol, .pi, .add, .subtract, .multiply, .divide, .power, .min, .max, .atan2,
    .hypot, .mod, .greater, .cond, .logicalOr, .logicalAnd, .polygamma:
    preconditionFailure("\(operation) does not take one operand")
  case .negate: Enclosure(-a, .continuous)
  case .square: Enclosure(a.raised(to: 2), .continuous)
  case .cube: Enclosure(a.raised(to: 3), .continuous)
  case .reciprocal: Enclosure(a.reciprocal, a.contains(0) ? .uncertain : .continuous)
  case .sqrt: Enclosure(a.squareRoot, within(a.lower >= 0))
  case .cbrt: Enclosure(a.increasing { cbrt($0) }, .continuous)
  case .exp: Enclosure(a.exponential, .continuous)
  case .log: Enclosure(a.logarithm { log($0) }, within(a.lower > 0))
  case .log2: Enclosure(a.logarithm { log2($0) }, within(a.lower > 0))
  case .log10: Enclosure(a.logarithm { log10($0) }, within(a.lower > 0))
  case .log1p:
    Enclosure(
      a.upper <= -1 ? .empty : a.intersection(Interval(-1, .infinity)).increasing { log1p($0) },
      within(a.lower > -1))
  case .expm1:
    Enclosure(a.increasing { expm1($0) }.intersection(Interval(-1, .infinity)), .continuous)
  case .sin: Enclosure(a.sine, .continuous)
  case .cos: Enclosure(a.cosine, .continuous)
  case .tan: Enclosure(a.tangent, within(!a.meetsTangentPole))
  case .asin: Enclosure(a.inverseSine, within(a.magnitude.upper <= 1))
  case .acos: Enclosure(a.inverseCosine, within(a.magnitude.upper <= 1))
  case .atan: Enclosure(a.increasing { atan($0) }, .continuous)
  case .sinh: Enclosure(a.increasing { sinh($0) }, .continuous)
  case .cosh: Enclosure(a.hyperbolicCosine, .continuous)
  case .tanh: Enclosure(a.increasing { tanh($0) }.intersection(Interval(-1, 1)), .continuous)
  case .asinh: Enclosure(a.increasing { asinh($0) }, .continuous)
  case .acosh:
    Enclosure(
      a.intersection(Interval(1, .infinity)).increasing { acosh($0) }
        .intersection(.nonNegative), within(a.lower >= 1))
  case .atanh:
    Enclosure(
      a.lower >= 1 || a.upper <= -1
        ? .empty : a.intersection(Interval(-1, 1)).increasing { atanh($0) },
      within(a.magnitude.upper < 1))
  case .abs: Enclosure(a.magnitude, .continuous)
  case .sign: steps(a.increasing(by: 0) { Operator.sign($0) })
  case .erf: Enclosure(a.increasing { erf($0) }.intersection(Interval(-1, 1)), .continuous)
  case .erfc:
    Enclosure((-a).increasing { erfc(-$0) }.intersection(Interval(0, 2)), .continuous)
  case .gamma: gammas(a)
  case .lgamma: logarithmsOfGamma(a)
  case .digamma:
    // It increases between its poles.
    a.meetsGammaPole
      ? Enclosure(.whole, .uncertain)
      : Enclosure(
        a.increasing { limbeck_digamma($0) }.padded(by: Interval.absoluteError), .continuous)
  case .besselJ0: Enclosure(a.besselJ0, .continuous)
  case .besselJ1: Enclosure(a.besselJ1, .continuous)
  case .besselY0: Enclosure(a.besselY0, within(a.lower > 0))
  case .besselY1: Enclosure(a.besselY1, within(a.lower > 0))
  case .relu: Enclosure(a.increasing(by: 0) { $0 < 0 ? 0 : $0 }, .continuous)
  case .step: steps(a.increasing(by: 0) { $0 > 0 ? 1 : 0 })
  case .floor: steps(a.increasing(by: 0) { $0.rounded(.down) })
  case .ceil: steps(a.increasing(by: 0) { $0.rounded(.up) })
  case .round: steps(a.increasing(by: 0) { $0.rounded(.toNearestOrEven) })
  }
}

private func image(of operation: Operator, _ a: Interval, _ b: Interval) -> Enclosure {
  switch operation {
  case .add: Enclosure(a + b, .continuous)
  case .subtract: Enclosure(a - b, .continuous)
  case .multiply: Enclosure(a * b, .continuous)
  case .divide: Enclosure(a / b, within(!b.contains(0)))
  case .power: powers(a, b)
  case .min:
    Enclosure(
      Interval(Swift.min(a.lower, b.lower), Swift.min(a.upper, b.upper)), .continuous)
  case .max:
    Enclosure(
      Interval(Swift.max(a.lower, b.lower), Swift.max(a.upper, b.upper)), .continuous)
  case .atan2: angles(a, b)
  case .hypot:
    Enclosure(
      Interval(
        hypot(a.magnitude.lower, b.magnitude.lower), hypot(a.magnitude.upper, b.magnitude.upper)
      ).widened(by: Interval.libraryError).intersection(.nonNegative), .continuous)
  case .mod: remainders(a, b)
  case .greater: steps(truth(certain: a.lower > b.upper, possible: a.upper > b.lower))
  case .logicalOr:
    steps(truth(certain: max(a.lower, b.lower) > 0, possible: max(a.upper, b.upper) > 0))
  case .logicalAnd:
    steps(truth(certain: min(a.lower, b.lower) > 0, possible: min(a.upper, b.upper) > 0))
  // The condition holds everywhere; other cases are decided with the certainty of the operands.
  case .cond: Enclosure(b, .continuous)
  case .polygamma: polygammas(a, b)
  default: preconditionFailure("\(operation) does not take two operands")
  }
}

/// Continuous if all operands are known to be inside the domain.
private func within(_ isInside: Bool) -> Enclosure.Certainty {
  isInside ? .continuous : .uncertain
}

/// The values of a function that jumps: continuous where it has a single one.
private func steps(_ values: Interval) -> Enclosure {
  Enclosure(values, values.width == 0 ? .continuous : .defined)
}

/// 1 for true, 0 for false.
private func truth(certain: Bool, possible: Bool) -> Interval {
  Interval(certain ? 1 : 0, possible ? 1 : 0)
}

/// `a^b`, in which whole exponents take negative bases and others do not.
private func powers(_ a: Interval, _ b: Interval) -> Enclosure {
  if b.width == 0, b.isBounded, let exponent = Int(exactly: b.lower) {
    return Enclosure(a.raised(to: exponent), within(!(exponent < 0 && a.contains(0))))
  }
  if a.lower > 0 || a.lower == 0 && b.lower > 0 {
    return Enclosure(a.raised(to: b), .continuous)
  }
  // No whole number among the exponents: negative bases have no power.
  if a.lower >= 0 || b.lower.rounded(.up) > b.upper {
    return Enclosure(a.raised(to: b), .uncertain)
  }
  // Some exponents are whole, and powers of negative bases have either sign.
  let sizes = a.magnitude.raised(to: b)
  return Enclosure(sizes.hull(-sizes), .uncertain)
}

/// The angles of the points (b, a).
private func angles(_ a: Interval, _ b: Interval) -> Enclosure {
  // On the negative half of the b axis the angle jumps by a full turn.
  if a.contains(0) && b.lower <= 0 {
    return Enclosure(Interval(-.pi, .pi).widened(), .defined)
  }
  // Along each side of the box the angle is monotone, so that its extremes are at corners.
  let corners = [a.lower, a.upper].flatMap { y in [b.lower, b.upper].map { atan2(y, $0) } }
  return Enclosure(
    Interval(corners.min() ?? -.pi, corners.max() ?? .pi).widened(by: Interval.libraryError),
    .continuous)
}

/// `a - b*floor(a/b)`, between zero and the divisor.
private func remainders(_ a: Interval, _ b: Interval) -> Enclosure {
  let all = Interval(0).hull(b)
  if b.contains(0) { return Enclosure(b.width == 0 ? .empty : all, .uncertain) }
  let quotient = a / b
  let whole = quotient.lower.rounded(.down)
  guard quotient.isBounded, whole == quotient.upper.rounded(.down) else {
    return Enclosure(all, .defined)
  }
  return Enclosure((a - b * Interval(whole)).intersection(all), .continuous)
}
