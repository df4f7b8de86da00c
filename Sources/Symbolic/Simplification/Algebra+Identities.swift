extension Algebra {
  /// A sum after the identities that join two of its terms, in styles meant for reading.
  ///
  /// sin² + cos² = 1, cosh² - sinh² = 1, and what follows from them by moving one term to the other
  /// side.
  func reduced(_ sum: Polynomial) -> Polynomial {
    guard sum.terms.count <= termLimit else { return exhaust() }
    guard style != .proof else { return sum }
    let cancelled = sum.terms.contains { $0.coefficient.value == 0 }
    var current =
      cancelled ? Polynomial(collecting: sum.terms.filter { $0.coefficient.value != 0 }) : sum
    while let shorter = joined(current), spend(shorter.terms.count) { current = shorter }
    return current
  }

  /// The sum with two terms joined into one; nil if no two of them fit.
  private func joined(_ sum: Polynomial) -> Polynomial? {
    guard sum.terms.count > 1, spend(sum.terms.count) else { return nil }
    var coefficients: [Monomial: Coefficient] = [:]
    for term in sum.terms { coefficients[term.monomial] = term.coefficient }
    for term in sum.terms {
      for factor in term.monomial.factors where factor.exponent >= 2 {
        guard case .function(let operation, let argument) = atom(factor) else { continue }
        let rest = term.monomial * Monomial(factors: [Factor(atom: factor.atom, exponent: -2)])
        let partner: Operator
        // The square equals `one` + `sign`·(the partner's square).
        let (one, sign): (Coefficient, Coefficient)
        switch operation {
        case .sin: (partner, one, sign) = (.cos, 1, -1)
        case .cos: (partner, one, sign) = (.sin, 1, -1)
        case .sinh: (partner, one, sign) = (.cosh, -1, 1)
        case .cosh: (partner, one, sign) = (.sinh, 1, 1)
        default: continue
        }
        let square = rest * monomial(.function(partner, argument), 2)
        let scale = term.coefficient
        // c·sin² + c·cos² = c, and c·sin² - c = -c·cos².
        if let other = coefficients[square], other == -(scale * sign) {
          return replacing(
            term.monomial, square, by: Term(coefficient: scale * one, monomial: rest), in: sum)
        }
        if let other = coefficients[rest], other == -(scale * one) {
          return replacing(
            term.monomial, rest, by: Term(coefficient: scale * sign, monomial: square), in: sum)
        }
      }
    }
    return nil
  }

  private func replacing(
    _ a: Monomial, _ b: Monomial, by replacement: Term, in sum: Polynomial
  ) -> Polynomial {
    let others = sum.terms.filter { $0.monomial != a && $0.monomial != b }
    return Polynomial(collecting: others + [replacement])
  }
}
