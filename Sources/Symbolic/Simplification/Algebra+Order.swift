/// Where an atom stands among others when a formula is written.
struct AtomKey: Comparable {
  /// Numbers, names, sums, functions, exponentials.
  let rank: Int
  let text: String

  static func < (a: AtomKey, b: AtomKey) -> Bool {
    if a.rank != b.rank { return a.rank < b.rank }
    let (left, right) = (a.text.lowercased(), b.text.lowercased())
    return left != right ? left < right : a.text < b.text
  }
}

extension Algebra {
  /// The place of an atom; it depends on what the atom is and not on when it was met, so that
  /// x·t and t·x are written alike.
  func key(of number: Int32) -> AtomKey {
    if let key = keys[Int(number)] { return key }
    let rank: Int
    let text: String
    switch atoms[Int(number)] {
    case .prime(let prime): (rank, text) = (0, String(100 + prime))
    case .imaginaryUnit: (rank, text) = (0, "i")
    case .pi: (rank, text) = (1, "pi")
    case .symbol(let symbol): (rank, text) = (1, symbol.name)
    case .base(let sum): (rank, text) = (2, self.text(of: sum))
    case .function(let operation, let a):
      // By argument, then in the order of the operators: sin(x)·cos(x)·sin(y).
      (rank, text) = (operation == .log ? 4 : 3, self.text(of: a) + ",\(operation.rawValue)")
    case .binary(let operation, let a, let b):
      let arguments = self.text(of: a) + "," + self.text(of: b)
      (rank, text) = (3, arguments + ",\(operation.rawValue)")
    case .exponential(let exponent):
      let term = Term(coefficient: .one, monomial: exponent)
      (rank, text) = (5, self.text(of: Polynomial(term)))
    }
    let key = AtomKey(rank: rank, text: text)
    keys[Int(number)] = key
    return key
  }

  /// The place of a power: π alone stands with the numbers, as in 2·π·r, but α·π²·t is
  /// alphabetical.
  private func key(of factor: Factor) -> AtomKey {
    let key = key(of: factor.atom)
    if case .pi = atom(factor), factor.exponent.magnitude <= 1 {
      return AtomKey(rank: 0, text: key.text)
    }
    return key
  }

  /// A text that equal sums share, whatever the numbers of their atoms.
  func text(of sum: Polynomial) -> String {
    inDisplayOrder(sum.terms).map { term in
      let factors = inDisplayOrder(term.monomial.factors).map {
        "\(key(of: $0.atom).text)^\($0.exponent.value)"
      }
      return "\(term.coefficient.value)*" + factors.joined(separator: "*")
    }.joined(separator: "+")
  }

  /// Factors as a textbook has them: numbers, names, sums, functions, exponentials.
  func inDisplayOrder(_ factors: [Factor]) -> [Factor] {
    factors.sorted { key(of: $0) < key(of: $1) }
  }

  /// Terms by falling degree in the names, then by name; numbers come last.
  func inDisplayOrder(_ terms: [Term]) -> [Term] {
    guard terms.count > 1 else { return terms }
    let keyed = terms.map { (term: $0, degree: degree($0.monomial), factors: order($0.monomial)) }
    return keyed.sorted { a, b in
      if a.degree != b.degree { return a.degree > b.degree }
      if a.factors.isEmpty || b.factors.isEmpty { return b.factors.isEmpty && !a.factors.isEmpty }
      for (left, right) in zip(a.factors, b.factors) {
        if left.key != right.key { return left.key < right.key }
        if left.exponent != right.exponent { return left.exponent > right.exponent }
      }
      return a.factors.count > b.factors.count
    }.map(\.term)
  }

  private func order(_ monomial: Monomial) -> [(key: AtomKey, exponent: Coefficient)] {
    inDisplayOrder(monomial.factors).map { (key(of: $0), $0.exponent) }
  }

  private func degree(_ monomial: Monomial) -> Double {
    monomial.factors.reduce(0) { sum, factor in
      if case .symbol = atom(factor) { return sum + factor.exponent.value }
      return sum
    }
  }
}
