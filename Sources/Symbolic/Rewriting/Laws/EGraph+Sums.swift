extension EGraph {
  /// Sums longer than this are left alone.
  private static let longestSum = 12

  /// The factors of a term, a single class being its own factor.
  private func factors(of id: ClassID) -> [Part] {
    if case .product(let parts)? = self[id].nodes.first(where: \.isProduct) {
      return parts.map { Part(id: find($0.id), number: $0.number) }
    }
    return [Part(id: find(id), number: .one)]
  }

  /// a·b + a·c = a·(b + c), and 1/a + 1/b = (b + a)/(a·b): every factor to its least exponent.
  mutating func factoringAll(_ constant: Coefficient, _ parts: [Part]) -> ClassID? {
    guard parts.count + (constant.isZero ? 0 : 1) > 1, parts.count <= Self.longestSum else {
      return nil
    }
    var terms = parts.map { factors(of: $0.id) }
    if !constant.isZero { terms.append([]) }
    let shared = Set(terms.flatMap { $0.map(\.id) }).sorted().compactMap { id -> Part? in
      let exponents = terms.map { term in term.first { $0.id == id }?.number ?? .zero }
      guard let least = exponents.min(), !least.isZero else { return nil }
      return Part(id: id, number: least)
    }
    guard !shared.isEmpty else { return nil }
    let inverse = shared.map { Part(id: $0.id, number: -$0.number) }
    var rest = parts.enumerated().map { index, part in
      Part(id: product(terms[index] + inverse), number: part.number)
    }
    if !constant.isZero { rest.append(Part(id: product(inverse), number: constant)) }
    return product(shared + [Part(id: sum(.zero, rest), number: .one)])
  }

  /// a·b + a·c + d = a·(b + c) + d for the factor that most terms share.
  mutating func factoringSome(_ constant: Coefficient, _ parts: [Part]) -> ClassID? {
    guard parts.count > 2 || (parts.count == 2 && !constant.isZero),
      parts.count <= Self.longestSum
    else { return nil }
    let terms = parts.map { factors(of: $0.id) }
    var best: (factor: Part, holders: [Int])?
    for factor in Set(terms.flatMap(\.self)).sorted(by: { ($0.id, $0.number) < ($1.id, $1.number) })
    {
      let holders = terms.indices.filter { terms[$0].contains(factor) }
      if holders.count > max(1, best?.holders.count ?? 1) { best = (factor, holders) }
    }
    guard let best, best.holders.count < parts.count || !constant.isZero else { return nil }
    let inverse = Part(id: best.factor.id, number: -best.factor.number)
    let inner = best.holders.map { index in
      Part(id: product(terms[index] + [inverse]), number: parts[index].number)
    }
    let outer = parts.indices.filter { !best.holders.contains($0) }.map { parts[$0] }
    let common = product([best.factor, Part(id: sum(.zero, inner), number: .one)])
    return insertSum(constant, outer + [Part(id: common, number: .one)])
  }

  /// A sum as it stands, without opening the sums among its parts.
  private mutating func insertSum(_ constant: Coefficient, _ parts: [Part]) -> ClassID {
    let resolved = parts.map { part -> Part in
      guard let scale = self[part.id].scale else {
        return Part(id: find(part.id), number: part.number)
      }
      return Part(id: find(scale.id), number: (part.number * scale.number).settled)
    }
    let isProper =
      Set(resolved.map(\.id)).count == resolved.count
      && resolved.allSatisfy { self[$0.id].number == nil && !$0.number.isZero }
    guard isProper else { return sum(constant, parts) }
    return insert(.sum(constant, resolved.sorted { $0.id < $1.id }))
  }

  /// k·a + k·b = k·(a + b): by the greatest common divisor, or by each measured coefficient in turn.
  mutating func rescaling(_ constant: Coefficient, _ parts: [Part]) -> [ClassID] {
    guard parts.count + (constant.isZero ? 0 : 1) > 1 else { return [] }
    var numbers = parts.map(\.number)
    if !constant.isZero { numbers.append(constant) }
    var divisors: [Coefficient] = []
    if numbers.allSatisfy(\.isExact) {
      let content = numbers.dropFirst().reduce(numbers[0].magnitude) {
        Coefficient.content($0, $1)
      }
      if content.isExact && !content.isOne { divisors.append(content) }
      // Fractions go into one denominator, and a sum of negative terms is a negative sum.
      if numbers.allSatisfy(\.isNegative) { divisors.append(-content) }
    } else if !parts.contains(where: { $0.number.magnitude.isOne }) {
      for number in numbers.prefix(4) where !number.magnitude.isOne && number.value != 0 {
        divisors.append(number.magnitude)
      }
    }
    return divisors.map { divisor in
      let scaled = parts.map { part in
        Part(id: part.id, number: quotient(part.number, divisor))
      }
      let inner = insertSum(quotient(constant, divisor), scaled)
      return insert(.sum(.zero, [Part(id: inner, number: divisor)]))
    }
  }

  /// A number divided by itself is the number 1, measured or not.
  private func quotient(_ number: Coefficient, _ divisor: Coefficient) -> Coefficient {
    if number.isZero { return .zero }
    if number == divisor { return .one }
    if number == -divisor { return .minusOne }
    return (number / divisor).settled
  }

  /// k·log a + l·log b = k·log(a·b^(l/k)), for operands that are positive wherever the sum is
  /// defined.
  mutating func mergingLogarithms(_ constant: Coefficient, _ parts: [Part]) -> ClassID? {
    var arguments: [Part] = []
    var rest: [Part] = []
    for part in parts {
      if let argument = operand(of: .log, in: part.id) {
        arguments.append(Part(id: argument, number: part.number))
      } else {
        rest.append(part)
      }
    }
    let isWorthwhile = arguments.count > 1 || (arguments.count == 1 && !constant.isExact)
    guard isWorthwhile, let first = arguments.first else { return nil }
    let scale = first.number.magnitude
    // A measured offset is a factor inside: log a + 0.69 = log(2·a).
    let isInside = !constant.isExact
    let factor: Coefficient =
      isInside ? Coefficient(inexact: Operator.exp(constant.value / scale.value)) : .one
    let inner = product(
      arguments.map { Part(id: $0.id, number: quotient($0.number, scale)) }, times: factor)
    let merged = Part(id: function(.log, [inner]), number: scale)
    return sum(isInside ? .zero : constant, rest + [merged])
  }

  /// The operand of a class that is a function of one operand.
  func operand(of operation: Operator, in id: ClassID) -> ClassID? {
    for case .function(operation, let operands) in self[id].nodes { return find(operands[0]) }
    return nil
  }
}
