extension EGraph {
  /// The most terms that multiplying out may make.
  private static let mostTerms = 8

  /// (a·b)^p·c = a^p·b^p·c, for products found since the node was made.
  mutating func openingPowers(_ parts: [Part]) -> ClassID? {
    for (index, part) in parts.enumerated() {
      for node in self[part.id].nodes where node.isProduct {
        guard case .product(let factors) = node, factors.count > 1 || factors[0].id != part.id,
          let opened = opened(node, to: part.number)
        else { continue }
        var all = parts
        all.remove(at: index)
        return product(all + opened)
      }
    }
    return nil
  }

  /// All exponentials of a product as one: exp(a)^p·exp(b)^q = exp(p·a + q·b).
  mutating func mergingExponentials(_ parts: [Part]) -> ClassID? {
    var exponents: [Part] = []
    var rest: [Part] = []
    for part in parts {
      if let exponent = operand(of: .exp, in: part.id) {
        exponents.append(Part(id: exponent, number: part.number))
      } else {
        rest.append(part)
      }
    }
    guard exponents.count > 1 || exponents.first.map({ !$0.number.isOne }) ?? false else {
      return nil
    }
    let merged = function(.exp, [sum(.zero, exponents)])
    return product(rest + [Part(id: merged, number: .one)])
  }

  /// a·(b + c) = a·b + a·c, unless that makes too many terms; squares of sums likewise.
  mutating func multiplyingOut(_ parts: [Part]) -> [ClassID] {
    var found: [ClassID] = []
    for (index, part) in parts.enumerated() where part.number.isOne || part.number == 2 {
      for node in self[part.id].nodes where node.isSum {
        guard case .sum(let constant, let terms) = node else { continue }
        let count = terms.count + (constant.isZero ? 0 : 1)
        guard count <= (part.number.isOne ? Self.mostTerms : 2) else { continue }
        var others = parts
        others.remove(at: index)
        if !part.number.isOne { others.append(Part(id: part.id, number: .one)) }
        guard !others.isEmpty else { continue }
        var products = terms.map { term in
          Part(id: product(others + [Part(id: term.id, number: .one)]), number: term.number)
        }
        if !constant.isZero { products.append(Part(id: product(others), number: constant)) }
        found.append(sum(.zero, products))
      }
    }
    return found
  }

  /// x·(x² - y²)^(-1/2) = (1 - y²/x²)^(-1/2): a factor that cancels a term of a sum goes inside.
  mutating func dividingThrough(_ parts: [Part]) -> [ClassID] {
    var found: [ClassID] = []
    for (index, part) in parts.enumerated() where part.number.isExact {
      for node in self[part.id].nodes where node.isSum {
        guard case .sum(let constant, let terms) = node, terms.count <= 4 else { continue }
        for (other, factor) in parts.enumerated() where other != index {
          // (S)^p·x^q = (S·x^(q/p))^p
          let exponent = factor.number / part.number
          guard exponent.isExact,
            part.number.isInteger || self[factor.id].bounds.isNonnegative || exponent.isEven,
            terms.contains(where: { self.exponent(of: factor.id, in: $0.id) == -exponent })
          else { continue }
          let multiplier = Part(id: factor.id, number: exponent)
          var inner = terms.map { term in
            Part(id: product([Part(id: term.id, number: .one), multiplier]), number: term.number)
          }
          if !constant.isZero { inner.append(Part(id: product([multiplier]), number: constant)) }
          let rest = parts.indices.filter { $0 != index && $0 != other }.map { parts[$0] }
          let divided = Part(id: sum(.zero, inner), number: part.number)
          if isRootSound(factor, exponent, part.number) { found.append(product(rest + [divided])) }
        }
      }
    }
    return found
  }

  /// Whether x^q may go under a root: x^q must be what the root of x^(q/p) gives back, so that x is
  /// not negative, or q/p even and x^q a power of |x|.
  private func isRootSound(_ factor: Part, _ inside: Coefficient, _ power: Coefficient) -> Bool {
    if power.isInteger || self[factor.id].bounds.isNonnegative { return true }
    return inside.isEven && factor.number.isEven
  }

  /// The exponent of a class in a term.
  private func exponent(of id: ClassID, in term: ClassID) -> Coefficient {
    let id = find(id)
    if find(term) == id { return .one }
    for case .product(let parts) in self[term].nodes {
      if let part = parts.first(where: { find($0.id) == id }) { return part.number }
    }
    return .zero
  }
}
