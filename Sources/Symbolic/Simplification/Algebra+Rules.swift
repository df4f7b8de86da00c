extension Algebra {
  /// A term after the rules that powers of its atoms obey, such as i² = -1 and |x|² = x².
  func normalized(_ term: Term) -> Polynomial {
    var coefficient = term.coefficient
    var kept: [Factor] = []
    var expanded: [Polynomial] = []
    for factor in term.monomial.factors {
      guard let (exponent, scale, rest) = reduction(factor) else {
        kept.append(factor)
        continue
      }
      if !exponent.isZero { kept.append(Factor(atom: factor.atom, exponent: exponent)) }
      coefficient = coefficient * scale
      if let rest { expanded.append(rest) }
    }
    let plain = Polynomial(Term(coefficient: coefficient, monomial: Monomial(factors: kept)))
    return expanded.reduce(plain) { multiply($0, $1) }
  }

  /// What a factor becomes: a lesser exponent, a number and a polynomial; nil if it stays.
  private func reduction(
    _ factor: Factor
  ) -> (exponent: Coefficient, scale: Coefficient, rest: Polynomial?)? {
    let exponent = factor.exponent
    switch atom(factor) {
    case .symbol, .pi, .binary: return nil
    case .imaginaryUnit:
      guard let count = exponent.integer, count < 0 || count > 1 else { return nil }
      let turns = ((count % 4) + 4) % 4
      return (turns % 2 == 0 ? .zero : .one, turns < 2 ? .one : .minusOne, nil)
    case .prime(let prime):
      let whole = exponent.floor
      guard exponent.isExact, whole != 0, abs(whole) <= 64 else { return nil }
      let scale = Coefficient(prime).raised(to: Int(whole))
      return (exponent - Coefficient(whole), scale, nil)
    case .exponential(let argument):
      // exp(iπ/2) = i, and exp(iπ/6) and exp(iπ/4) are numbers with roots.
      let halfTurns = (exponent * 2).floor
      guard style == .proof, exponent.isExact, argument == halfTurn, abs(halfTurns) < 1 << 20 else {
        return nil
      }
      let rest = exponent - Coefficient(Int128(halfTurns), over: 2)
      let turned = power(factorOfImaginaryUnit, Coefficient(halfTurns % 4))
      if let corner = cornerOfUnitCircle(rest) { return (.zero, .one, multiply(turned, corner)) }
      return halfTurns == 0 ? nil : (rest, .one, turned)
    case .base(let base):
      let whole = exponent.floor
      guard exponent.isExact, whole > 0 || (whole < 0 && base.single != nil) else { return nil }
      // A whole power of a sum stays in one piece where products of sums do.
      if style == .factored && base.single == nil { return nil }
      return (exponent - Coefficient(whole), .one, power(base, Coefficient(whole)))
    case .function(.abs, let argument):
      let pairs = style == .proof ? (exponent / Coefficient(2)).floor : towardZero(exponent, 2)
      guard exponent.isExact, pairs != 0 else { return nil }
      let whole = Coefficient(2 * pairs)
      return (exponent - whole, .one, power(argument, whole))
    case .function(.cbrt, let argument):
      let triples = towardZero(exponent, 3)
      guard exponent.isExact, triples != 0 else { return nil }
      return (exponent - Coefficient(3 * triples), .one, power(argument, Coefficient(triples)))
    case .function(.sign, _):
      guard let count = exponent.integer, count < 0 || count > 1 else { return nil }
      return (count % 2 == 0 ? .zero : .one, .one, nil)
    case .function: return nil
    }
  }

  private func towardZero(_ exponent: Coefficient, _ divisor: Int64) -> Int64 {
    let quotient = (exponent.magnitude / Coefficient(divisor)).floor
    return exponent.isNegative ? -quotient : quotient
  }

  /// `exp(iπ·turn)` for multiples of 1/6 and 1/4.
  private func cornerOfUnitCircle(_ turn: Coefficient) -> Polynomial? {
    if turn.isZero { return .one }
    let angle = factor(.pi).scaled(by: turn)
    guard let cosine = specialValue(.cos, angle), let sine = specialValue(.sin, angle) else {
      return nil
    }
    return add(cosine, multiply(sine, factorOfImaginaryUnit))
  }

  private var halfTurn: Monomial {
    monomial(.imaginaryUnit) * monomial(.pi)
  }

  var factorOfImaginaryUnit: Polynomial { factor(.imaginaryUnit) }
}
