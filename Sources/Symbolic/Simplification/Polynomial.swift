/// An atom of an ``Algebra`` raised to a power.
struct Factor: Hashable {
  let atom: Int32
  let exponent: Coefficient
}

/// A product of powers of atoms; exponents may be negative and fractional.
struct Monomial: Hashable {
  /// Sorted by atom, no exponent zero.
  var factors: [Factor] = []

  static let one = Monomial()

  var isOne: Bool { factors.isEmpty }

  /// The exponent of an atom, zero if it does not occur.
  func exponent(of atom: Int32) -> Coefficient {
    factors.first { $0.atom == atom }?.exponent ?? .zero
  }

  /// The monomial without an atom.
  func removing(_ atom: Int32) -> Monomial {
    Monomial(factors: factors.filter { $0.atom != atom })
  }

  /// Adds exponents, with none of the rules that an ``Algebra`` knows about its atoms.
  static func * (a: Monomial, b: Monomial) -> Monomial {
    var result: [Factor] = []
    result.reserveCapacity(a.factors.count + b.factors.count)
    var (i, j) = (0, 0)
    while i < a.factors.count || j < b.factors.count {
      if j == b.factors.count || (i < a.factors.count && a.factors[i].atom < b.factors[j].atom) {
        result.append(a.factors[i])
        i += 1
      } else if i == a.factors.count || b.factors[j].atom < a.factors[i].atom {
        result.append(b.factors[j])
        j += 1
      } else {
        let exponent = a.factors[i].exponent + b.factors[j].exponent
        // Inexact exponents that cancel must not stay behind as powers of zero.
        if exponent.value != 0 {
          result.append(Factor(atom: a.factors[i].atom, exponent: exponent))
        }
        i += 1
        j += 1
      }
    }
    return Monomial(factors: result)
  }

  /// The monomial whose product with this one is 1.
  var inverse: Monomial {
    Monomial(factors: factors.map { Factor(atom: $0.atom, exponent: -$0.exponent) })
  }

  /// Compares exponents, lowest atom first: an order that products respect, as division needs.
  static func precedes(_ a: Monomial, _ b: Monomial) -> Bool {
    var (i, j) = (0, 0)
    while i < a.factors.count || j < b.factors.count {
      if j == b.factors.count || (i < a.factors.count && a.factors[i].atom < b.factors[j].atom) {
        return !a.factors[i].exponent.isNegative
      }
      if i == a.factors.count || b.factors[j].atom < a.factors[i].atom {
        return b.factors[j].exponent.isNegative
      }
      if a.factors[i].exponent != b.factors[j].exponent {
        return a.factors[i].exponent > b.factors[j].exponent
      }
      i += 1
      j += 1
    }
    return false
  }
}

/// A number times a monomial.
struct Term: Hashable {
  var coefficient: Coefficient
  var monomial: Monomial
}

/// A sum of terms with like terms collected.
struct Polynomial: Hashable {
  /// In descending order of monomials, no coefficient zero.
  private(set) var terms: [Term]

  static let zero = Polynomial(terms: [])
  static let one = Polynomial(.one)

  private init(terms: [Term]) {
    self.terms = terms
  }

  /// A number.
  init(_ coefficient: Coefficient) {
    self.init(Term(coefficient: coefficient, monomial: .one))
  }

  /// A single term.
  init(_ term: Term) {
    terms = term.coefficient.isZero ? [] : [term]
  }

  /// The sum of terms in any order, with like terms collected.
  init(collecting unordered: some Sequence<Term>) {
    var sums: [Monomial: Coefficient] = [:]
    for term in unordered {
      sums[term.monomial] = (sums[term.monomial] ?? .zero) + term.coefficient
    }
    terms = sums.compactMap { monomial, coefficient in
      coefficient.isZero ? nil : Term(coefficient: coefficient, monomial: monomial)
    }
    // The order is total, so the dictionary's own order cannot show.
    terms.sort { Monomial.precedes($0.monomial, $1.monomial) }
  }

  var isZero: Bool { terms.isEmpty }

  /// The only term, if there is exactly one.
  var single: Term? { terms.count == 1 ? terms[0] : nil }

  /// The number that the polynomial is, if it is one.
  var number: Coefficient? {
    if terms.isEmpty { return .zero }
    return terms.count == 1 && terms[0].monomial.isOne ? terms[0].coefficient : nil
  }

  /// Whether every coefficient and every exponent is exact.
  var isExact: Bool {
    terms.allSatisfy {
      $0.coefficient.isExact && $0.monomial.factors.allSatisfy(\.exponent.isExact)
    }
  }

  /// The polynomial times a number.
  func scaled(by factor: Coefficient) -> Polynomial {
    if factor.isZero { return .zero }
    return Polynomial(
      terms: terms.compactMap {
        let coefficient = $0.coefficient * factor
        return coefficient.isZero ? nil : Term(coefficient: coefficient, monomial: $0.monomial)
      })
  }

  static prefix func - (operand: Polynomial) -> Polynomial { operand.scaled(by: .minusOne) }

  static func + (a: Polynomial, b: Polynomial) -> Polynomial {
    if a.isZero { return b }
    if b.isZero { return a }
    return Polynomial(collecting: a.terms + b.terms)
  }

  static func - (a: Polynomial, b: Polynomial) -> Polynomial { a + -b }

  /// The greatest number that divides every coefficient; 1 if one of them is inexact.
  var content: Coefficient {
    guard let first = terms.first, terms.allSatisfy(\.coefficient.isExact) else { return .one }
    let content = terms.dropFirst().reduce(first.coefficient.magnitude) {
      Coefficient.content($0, $1.coefficient)
    }
    return content.isExact ? content : .one
  }

  /// The greatest monomial that divides every term and leaves every exponent non-negative where it
  /// was the least.
  var commonMonomial: Monomial {
    guard let first = terms.first else { return .one }
    var atoms = Set(first.monomial.factors.map(\.atom))
    for term in terms.dropFirst() { atoms.formUnion(term.monomial.factors.map(\.atom)) }
    let factors = atoms.sorted().compactMap { atom -> Factor? in
      let exponents = terms.map { $0.monomial.exponent(of: atom) }
      guard let least = exponents.min(), !least.isZero else { return nil }
      return Factor(atom: atom, exponent: least)
    }
    return Monomial(factors: factors)
  }

  /// The polynomial times a monomial, with none of the rules that an ``Algebra`` knows.
  func shifted(by monomial: Monomial) -> Polynomial {
    Polynomial(
      terms: terms.map {
        Term(coefficient: $0.coefficient, monomial: $0.monomial * monomial)
      })
  }
}
