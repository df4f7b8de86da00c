extension Algebra {
  /// A sum over a common denominator.
  ///
  /// - Returns: The numerator, expanded, and the denominator, a product of powers of sums.
  func fraction(_ sum: Polynomial) -> (numerator: Polynomial, denominator: Monomial) {
    var numerator = sum
    var denominator = Monomial.one
    // Multiplying by a denominator can bring denominators nested in it to the surface.
    while let factor = lowestDenominator(of: numerator), !isExhausted {
      let multiplier = Monomial(factors: [factor])
      var collected: [Term] = []
      for term in numerator.terms {
        let product = Term(
          coefficient: term.coefficient, monomial: term.monomial * multiplier)
        collected += normalized(product).terms
      }
      guard spend(collected.count) else { break }
      numerator = reduced(Polynomial(collecting: collected))
      denominator = denominator * multiplier
    }
    return (numerator, denominator)
  }

  /// A power of a sum that all terms must be multiplied by; nil if there are no denominators.
  private func lowestDenominator(of sum: Polynomial) -> Factor? {
    var found: Factor?
    for term in sum.terms {
      for factor in term.monomial.factors where factor.exponent.floor < 0 {
        guard case .base = atom(factor) else { continue }
        if let found, found.atom < factor.atom { continue }
        let whole = Coefficient(-factor.exponent.floor)
        if let found, found.atom == factor.atom, found.exponent >= whole { continue }
        found = Factor(atom: factor.atom, exponent: whole)
      }
    }
    return found
  }

  /// A sum as one fraction in which no sum of the denominator divides the numerator.
  func cancelledFraction(_ sum: Polynomial) -> (numerator: Polynomial, denominator: Monomial) {
    var (numerator, denominator) = fraction(sum)
    for factor in denominator.factors {
      guard case .base(let divisor) = atom(factor), var count = factor.exponent.integer else {
        continue
      }
      while count > 0, let quotient = quotient(numerator, divisor) {
        numerator = quotient
        denominator = denominator * Monomial(factors: [Factor(atom: factor.atom, exponent: -1)])
        count -= 1
      }
    }
    return (numerator, denominator)
  }

  /// The quotient of two sums if the division leaves nothing.
  private func quotient(_ dividend: Polynomial, _ divisor: Polynomial) -> Polynomial? {
    guard dividend.isExact, divisor.isExact, let leading = divisor.terms.first else { return nil }
    let shift = dividend.commonMonomial
    var rest = dividend.shifted(by: shift.inverse)
    var terms: [Term] = []
    while let first = rest.terms.first {
      let monomial = first.monomial * leading.monomial.inverse
      guard monomial.factors.allSatisfy({ !$0.exponent.isNegative }),
        spend(divisor.terms.count + rest.terms.count), terms.count < 200
      else { return nil }
      let coefficient = first.coefficient / leading.coefficient
      terms.append(Term(coefficient: coefficient, monomial: monomial * shift))
      rest = rest - divisor.shifted(by: monomial).scaled(by: coefficient)
    }
    return Polynomial(collecting: terms.flatMap { normalized($0).terms })
  }
}

extension Algebra {
  /// The sum whose square a sum is; nil if there is none with exact coefficients.
  ///
  /// Works like the square root on paper: each step takes the leading term of what is left by
  /// twice the leading term of the root.
  func squareRoot(of sum: Polynomial) -> Polynomial? {
    guard sum.isExact, sum.terms.count >= 3, sum.terms.count <= 28, let first = sum.terms.first,
      let leading = squareRoot(of: first)
    else { return nil }
    var root = Polynomial(leading)
    while root.terms.count <= 8 {
      guard spend(sum.terms.count + root.terms.count * root.terms.count) else { return nil }
      let products = root.terms.flatMap { a in
        root.terms.map { b in
          Term(coefficient: a.coefficient * b.coefficient, monomial: a.monomial * b.monomial)
        }
      }
      let rest = sum - Polynomial(collecting: products)
      guard let next = rest.terms.first else { return root }
      let step = Term(
        coefficient: next.coefficient / (leading.coefficient * 2),
        monomial: next.monomial * leading.monomial.inverse)
      guard let last = root.terms.last, Monomial.precedes(last.monomial, step.monomial) else {
        return nil
      }
      root = root + Polynomial(step)
    }
    return nil
  }

  private func squareRoot(of term: Term) -> Term? {
    let coefficient = term.coefficient
    guard !coefficient.isNegative,
      let upper = Coefficient(reading: Operator.sqrt(Double(coefficient.numerator))).integer,
      let lower = Coefficient(reading: Operator.sqrt(Double(coefficient.denominator))).integer,
      term.monomial.factors.allSatisfy({ $0.exponent.isEven })
    else { return nil }
    let factors = term.monomial.factors.map {
      Factor(atom: $0.atom, exponent: $0.exponent * .half)
    }
    let root = Coefficient(Int128(upper), over: Int128(lower))
    guard root * root == coefficient else { return nil }
    return Term(coefficient: root, monomial: Monomial(factors: factors))
  }
}
