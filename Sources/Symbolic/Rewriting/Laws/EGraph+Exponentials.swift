extension EGraph {
  /// exp(k·log a + s) = a^k·exp(s) and exp(0.7 + s) = 2.01…·exp(s).
  mutating func openingExponential(_ operand: ClassID) -> [ClassID] {
    var found: [ClassID] = []
    for case .sum(let constant, let parts) in self[operand].nodes {
      var factors: [Part] = []
      var rest: [Part] = []
      for part in parts {
        if let power = powerFromLogarithm(part) { factors.append(power) } else { rest.append(part) }
      }
      // An exponent that is a whole number, as in exp(1 - x), has a right to stay.
      let isMoved = !constant.isInteger
      guard !factors.isEmpty || (isMoved && !parts.isEmpty) else { continue }
      let inner = sum(isMoved ? .zero : constant, rest)
      if self[inner].number != .zero {
        factors.append(Part(id: function(.exp, [inner]), number: .one))
      }
      let factor: Coefficient =
        isMoved ? Coefficient(inexact: Operator.exp(constant.value)) : .one
      found.append(product(factors, times: factor))
    }
    if let power = powerFromLogarithm(Part(id: operand, number: .one)) {
      found.append(product([power]))
    }
    return found
  }

  /// exp(k·b·log a) as a^(k·b).
  private mutating func powerFromLogarithm(_ part: Part) -> Part? {
    if let base = operand(of: .log, in: part.id) { return Part(id: base, number: part.number) }
    for case .product(let factors) in self[part.id].nodes {
      for (index, factor) in factors.enumerated() where factor.number.isOne {
        guard let base = operand(of: .log, in: factor.id) else { continue }
        var rest = factors
        rest.remove(at: index)
        let exponent = product(rest, times: part.number)
        return Part(id: function(.power, [base, exponent]), number: .one)
      }
    }
    return nil
  }

  /// log(a·b) = log a + log b for positive factors, and log(a^k) = k·log a.
  mutating func openingLogarithm(_ operand: ClassID) -> [ClassID] {
    var found: [ClassID] = []
    for node in self[operand].nodes {
      switch node {
      case .product(let parts)
      where parts.allSatisfy({ self[$0.id].bounds.isPositive || isUnderRoot($0) }):
        let terms = parts.map { Part(id: function(.log, [$0.id]), number: $0.number) }
        found.append(sum(.zero, terms))
      case .sum(let constant, let parts)
      where constant.isZero && parts.count == 1 && !parts[0].number.isNegative
        && !parts[0].number.isExact:
        let inner = Part(id: function(.log, [parts[0].id]), number: .one)
        found.append(sum(Coefficient(inexact: Operator.log(parts[0].number.value)), [inner]))
      default: continue
      }
    }
    return found
  }

  /// Whether a power is defined only where its base is positive, or zero.
  private func isUnderRoot(_ part: Part) -> Bool { !part.number.isInteger }
}
