extension Algebra {
  func add(_ a: Polynomial, _ b: Polynomial) -> Polynomial {
    guard spend(1 + a.terms.count + b.terms.count) else { return .zero }
    return reduced(a + b)
  }

  /// The product, with the rules of all atoms applied.
  func multiply(_ a: Polynomial, _ b: Polynomial) -> Polynomial {
    if let number = a.number { return b.scaled(by: number) }
    if let number = b.number { return a.scaled(by: number) }
    if style == .factored, a.single == nil || b.single == nil {
      return multiply(Polynomial(inOnePiece(a)), Polynomial(inOnePiece(b)))
    }
    guard spend(a.terms.count * b.terms.count) else { return .zero }
    var collected: [Term] = []
    collected.reserveCapacity(a.terms.count * b.terms.count)
    for left in a.terms {
      for right in b.terms {
        let product = Term(
          coefficient: left.coefficient * right.coefficient,
          monomial: left.monomial * right.monomial)
        collected += normalized(product).terms
      }
    }
    return reduced(Polynomial(collecting: collected))
  }

  /// The power with a number as exponent.
  func power(_ base: Polynomial, _ exponent: Coefficient) -> Polynomial {
    if exponent.isZero { return .one }
    if exponent.isOne { return base }
    if let number = base.number { return power(ofNumber: number, exponent) }
    guard let count = exponent.integer else { return fractionalPower(base, exponent) }
    guard count.magnitude <= 64 else { return exhaust() }
    if let term = base.single {
      guard isInRange(term.coefficient, exponent) else { return exhaust() }
      let factors = term.monomial.factors.map {
        Factor(atom: $0.atom, exponent: $0.exponent * exponent)
      }
      return normalized(
        Term(
          coefficient: term.coefficient.raised(to: count), monomial: Monomial(factors: factors)))
    }
    if style == .factored {
      return power(Polynomial(inOnePiece(base)), exponent)
    }
    if count > 0 {
      return (1..<count).reduce(base) { product, _ in multiply(product, base) }
    }
    let (numerator, denominator) = fraction(base)
    if numerator.single != nil || numerator.isZero {
      return multiply(
        power(numerator, exponent),
        power(Polynomial(Term(coefficient: .one, monomial: denominator)), -exponent))
    }
    let whole = Polynomial(inOnePiece(numerator))
    let upper = Polynomial(Term(coefficient: .one, monomial: denominator))
    return multiply(power(whole, exponent), power(upper, -exponent))
  }

  /// A sum as number times monomial times an atom that is the sum without those.
  func inOnePiece(_ sum: Polynomial) -> Term {
    if let term = sum.single { return term }
    if sum.isZero { return Term(coefficient: .zero, monomial: .one) }
    let common = sum.commonMonomial
    var scale = sum.content
    if isLeadingNegative(sum) { scale = -scale }
    let rest = sum.shifted(by: common.inverse).scaled(by: .one / scale)
    return Term(coefficient: scale, monomial: common * monomial(.base(rest)))
  }

  /// Whether the sign in front of a sum is better taken out of it.
  func isLeadingNegative(_ sum: Polynomial) -> Bool {
    let leading = style == .proof ? sum.terms.first : inDisplayOrder(sum.terms).first
    return leading?.coefficient.isNegative ?? false
  }

  // MARK: Powers of numbers and roots

  /// Whether a power of a number neither overflows nor underflows, which would lose all beside it.
  private func isInRange(_ number: Coefficient, _ exponent: Coefficient) -> Bool {
    number.value == 0 || Operator.power(number.value.magnitude, exponent.value).isNormal
  }

  private func power(ofNumber number: Coefficient, _ exponent: Coefficient) -> Polynomial {
    // Division by zero: nothing that follows would prove anything.
    if number.isZero && exponent.isNegative { return exhaust() }
    guard isInRange(number, exponent) else { return exhaust() }
    if let count = exponent.integer {
      return Polynomial(number.raised(to: count))
    }
    guard number.isExact, exponent.isExact, !number.isNegative, !number.isZero,
      let upper = primeFactors(number.numerator), let lower = primeFactors(number.denominator)
    else {
      if number.isZero { return .zero }
      return Polynomial(
        Coefficient(inexact: Operator.power(number.value, exponent.value)))
    }
    var product = Polynomial.one
    for (prime, count) in upper {
      product = multiply(
        product, normalized(prime: prime, Coefficient(Int64(count)) * exponent))
    }
    for (prime, count) in lower {
      product = multiply(
        product, normalized(prime: prime, Coefficient(Int64(-count)) * exponent))
    }
    return product
  }

  private func normalized(prime: Int64, _ exponent: Coefficient) -> Polynomial {
    normalized(Term(coefficient: .one, monomial: monomial(.prime(prime), exponent)))
  }

  /// The prime factors with their multiplicities, ascending; nil if that would take long.
  func primeFactors(_ number: Int64) -> [(prime: Int64, count: Int)]? {
    guard number > 0, number < 1_000_000_000_000 else { return nil }
    var factors: [(prime: Int64, count: Int)] = []
    var rest = number
    var candidate: Int64 = 2
    while candidate * candidate <= rest {
      var count = 0
      while rest % candidate == 0 {
        rest /= candidate
        count += 1
      }
      if count > 0 { factors.append((candidate, count)) }
      candidate += 1
    }
    if rest > 1 { factors.append((rest, 1)) }
    return factors
  }

  /// A root of something that is not a number.
  ///
  /// Only what cannot be negative leaves the root: √(x·y) is not √x·√y where both are negative, and
  /// √(x²) is |x|.
  private func fractionalPower(_ base: Polynomial, _ exponent: Coefficient) -> Polynomial {
    guard let term = base.single else {
      let scale = base.content
      let rest = base.scaled(by: .one / scale)
      let outside = power(ofNumber: scale, exponent)
      if let root = squareRoot(of: rest), root.terms.allSatisfy({ isReal($0.monomial) }) {
        return multiply(outside, power(absoluteValue(root), exponent * 2))
      }
      return multiply(outside, normalizedPower(.base(rest), exponent))
    }
    var outside = power(ofNumber: term.coefficient.magnitude, exponent)
    var inside: [Factor] = []
    for factor in term.monomial.factors {
      if isPowerNonnegative(factor) {
        outside = multiply(outside, root(ofNonnegative: factor, exponent))
      } else {
        inside.append(factor)
      }
    }
    let sign: Coefficient = term.coefficient.isNegative ? .minusOne : .one
    if inside.isEmpty {
      return sign.isOne ? outside : Polynomial(Coefficient(inexact: .nan))
    }
    let rest = Monomial(factors: inside)
    if inside.count == 1 && sign.isOne && !isExponential(inside[0]) {
      let factor = Factor(atom: inside[0].atom, exponent: inside[0].exponent * exponent)
      let root = normalized(Term(coefficient: .one, monomial: Monomial(factors: [factor])))
      return multiply(outside, root)
    }
    let root = Polynomial(Term(coefficient: sign, monomial: rest))
    return multiply(outside, normalizedPower(.base(root), exponent))
  }

  private func isExponential(_ factor: Factor) -> Bool {
    if case .exponential = atom(factor) { true } else { false }
  }

  private func normalizedPower(_ atom: Atom, _ exponent: Coefficient) -> Polynomial {
    normalized(Term(coefficient: .one, monomial: monomial(atom, exponent)))
  }

  /// A power of a factor that cannot be negative: √(x²) is |x|.
  private func root(ofNonnegative factor: Factor, _ exponent: Coefficient) -> Polynomial {
    guard isNonnegative(factor) || !factor.exponent.isEven else {
      let absolute = absoluteValue(of: Factor(atom: factor.atom, exponent: .one))
      return power(absolute, factor.exponent * exponent)
    }
    let root = Factor(atom: factor.atom, exponent: factor.exponent * exponent)
    return normalized(Term(coefficient: .one, monomial: Monomial(factors: [root])))
  }
}
