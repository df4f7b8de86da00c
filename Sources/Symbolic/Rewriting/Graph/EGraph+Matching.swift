extension EGraph {
  /// The classes that the variables of a rule stand for.
  typealias Binding = [ClassID?]

  /// What a rule found: the class in which its left side occurs, and a class equal to it.
  typealias Equality = (ClassID, ClassID)

  /// Applies a rule to a node.
  ///
  /// - Returns: The classes found equal to that of the node.
  mutating func apply(_ rule: RewriteRule, to node: Node) -> [ClassID] {
    let start = Binding(repeating: nil, count: rule.variableCount)
    switch (rule.left, node) {
    case (.function(let wanted, let patterns), .function(let operation, let operands))
    where wanted == operation:
      return matches(patterns, operands, start).compactMap { result(of: rule, $0) }
    case (.sum(let constant, let parts), .sum(let offset, let terms)):
      return occurrences(of: parts, in: terms, start).compactMap { found in
        let rest = offset - found.factor * constant
        // A number on the left must be there in full: 3 - cos(a)^2 is no case of 1 - cos(a)^2.
        guard constant.isZero || rest.isNegligible(beside: offset) else { return nil }
        guard let right = result(of: rule, found.binding) else { return nil }
        let remaining = found.rest.map { terms[$0] }
        return sum(
          constant.isZero ? offset : .zero, remaining + [Part(id: right, number: found.factor)])
      }
    case (.product(let parts), .product(let factors)):
      return occurrences(of: parts, in: factors, start).compactMap { found in
        guard found.factor.isInteger, let right = result(of: rule, found.binding) else {
          return nil
        }
        return product(
          found.rest.map { factors[$0] } + [Part(id: right, number: found.factor)])
      }
    default: return []
    }
  }

  private mutating func result(of rule: RewriteRule, _ binding: Binding) -> ClassID? {
    let isAllowed = rule.positive.allSatisfy { index in
      binding[index].map { self[$0].bounds.isPositive } ?? false
    }
    return isAllowed ? instance(of: rule.right, binding) : nil
  }

  // MARK: Parts of sums and products

  private struct Occurrence {
    var binding: Binding
    /// What all coefficients, or exponents, of the pattern are multiplied by.
    var factor: Coefficient
    var rest: [Int]
  }

  /// The ways in which the parts of a pattern occur among those of a node, in proportion.
  private mutating func occurrences(
    of patterns: [Pattern.Part], in parts: [Part], _ binding: Binding
  ) -> [Occurrence] {
    guard patterns.count <= parts.count else { return [] }
    var found: [Occurrence] = []
    for index in parts.indices {
      let factor = parts[index].number / patterns[0].number
      let rest = parts.indices.filter { $0 != index }
      for binding in matches(patterns[0].pattern, parts[index].id, binding) {
        extend(
          Occurrence(binding: binding, factor: factor, rest: rest), patterns.dropFirst(), parts,
          &found)
      }
    }
    return found
  }

  private mutating func extend(
    _ occurrence: Occurrence, _ patterns: ArraySlice<Pattern.Part>, _ parts: [Part],
    _ found: inout [Occurrence]
  ) {
    guard let pattern = patterns.first else {
      found.append(occurrence)
      return
    }
    for index in occurrence.rest {
      let expected = pattern.number * occurrence.factor
      guard (parts[index].number - expected).isNegligible(beside: expected) else { continue }
      for binding in matches(pattern.pattern, parts[index].id, occurrence.binding) {
        let rest = occurrence.rest.filter { $0 != index }
        extend(
          Occurrence(binding: binding, factor: occurrence.factor, rest: rest),
          patterns.dropFirst(), parts, &found)
      }
    }
  }

  // MARK: Whole classes

  private mutating func matches(
    _ patterns: [Pattern], _ operands: [ClassID], _ binding: Binding
  ) -> [Binding] {
    var found = [binding]
    for (pattern, operand) in zip(patterns, operands) {
      found = found.flatMap { matches(pattern, operand, $0) }
    }
    return found
  }

  private mutating func matches(
    _ pattern: Pattern, _ id: ClassID, _ binding: Binding
  ) -> [Binding] {
    switch pattern {
    case .variable(let index):
      if let bound = binding[index] { return find(bound) == find(id) ? [binding] : [] }
      var binding = binding
      binding[index] = find(id)
      return [binding]
    case .number(let number): return self[id].number == number ? [binding] : []
    case .pi: return self[id].nodes.contains(.pi) ? [binding] : []
    case .function(let operation, let patterns):
      var found: [Binding] = []
      for case .function(operation, let operands) in self[id].nodes {
        found += matches(patterns, operands, binding)
      }
      return found
    case .sum, .product:
      // With all variables known the class is known too.
      if let whole = instance(of: pattern, binding) {
        return find(whole) == find(id) ? [binding] : []
      }
      return matchesInside(pattern, id, binding)
    }
  }

  private mutating func matchesInside(
    _ pattern: Pattern, _ id: ClassID, _ binding: Binding
  ) -> [Binding] {
    var found: [Binding] = []
    for node in self[id].nodes {
      switch (pattern, node) {
      case (.sum(let constant, let patterns), .sum(let offset, let parts))
      where patterns.count == parts.count && constant == offset:
        found += occurrences(of: patterns, in: parts, binding)
          .filter { $0.factor.isOne }.map(\.binding)
      case (.sum(let constant, let patterns), .sum(let offset, let parts))
      where patterns.count == 2 && constant.isZero && (offset.isZero || parts.count > 1):
        found += matchesRest(patterns, offset, parts, binding)
      case (.product(let patterns), .product(let parts)) where patterns.count == parts.count:
        found += occurrences(of: patterns, in: parts, binding)
          .filter { $0.factor.isOne }.map(\.binding)
      case (.product(let patterns), .product(let parts)) where patterns.count == 2:
        found += matchesRest(patterns, parts, binding)
      default: continue
      }
    }
    return found
  }

  /// Matches `a + T`, where the variable takes whatever stands beside the term T.
  private mutating func matchesRest(
    _ patterns: [Pattern.Part], _ offset: Coefficient, _ parts: [Part], _ binding: Binding
  ) -> [Binding] {
    guard let split = variableAndTerm(patterns, binding) else { return [] }
    var found: [Binding] = []
    for index in parts.indices
    where (parts[index].number - split.term.number).isNegligible(beside: split.term.number) {
      for var binding in matches(split.term.pattern, parts[index].id, binding) {
        var rest = parts
        rest.remove(at: index)
        let scale = Coefficient.one / split.number
        binding[split.variable] = sum(
          offset * scale, rest.map { Part(id: $0.id, number: $0.number * scale) })
        found.append(binding)
      }
    }
    return found
  }

  /// Matches `b*F`, where the variable takes whatever stands beside the factor F.
  private mutating func matchesRest(
    _ patterns: [Pattern.Part], _ parts: [Part], _ binding: Binding
  ) -> [Binding] {
    guard let split = variableAndTerm(patterns, binding), split.number.isOne else { return [] }
    var found: [Binding] = []
    for index in parts.indices where parts[index].number == split.term.number {
      for var binding in matches(split.term.pattern, parts[index].id, binding) {
        var rest = parts
        rest.remove(at: index)
        binding[split.variable] = product(rest)
        found.append(binding)
      }
    }
    return found
  }

  private func variableAndTerm(
    _ patterns: [Pattern.Part], _ binding: Binding
  ) -> (variable: Int, number: Coefficient, term: Pattern.Part)? {
    for (index, part) in patterns.enumerated() {
      if case .variable(let variable) = part.pattern, binding[variable] == nil {
        return (variable, part.number, patterns[1 - index])
      }
    }
    return nil
  }

  /// The class of a pattern with classes for its variables; nil if one of them is not known.
  private mutating func instance(of pattern: Pattern, _ binding: Binding) -> ClassID? {
    switch pattern {
    case .variable(let index): return binding[index]
    case .number(let value): return number(value)
    case .pi: return insert(.pi)
    case .sum(let constant, let patterns):
      return parts(patterns, binding).map { sum(constant, $0) }
    case .product(let patterns): return parts(patterns, binding).map { product($0) }
    case .function(let operation, let patterns):
      let operands = patterns.compactMap { instance(of: $0, binding) }
      guard operands.count == patterns.count else { return nil }
      if operation == .power, let exponent = self[operands[1]].number {
        return product([Part(id: operands[0], number: exponent)])
      }
      return function(operation, operands)
    }
  }

  private mutating func parts(_ patterns: [Pattern.Part], _ binding: Binding) -> [Part]? {
    let parts = patterns.compactMap { part in
      instance(of: part.pattern, binding).map { Part(id: $0, number: part.number) }
    }
    return parts.count == patterns.count ? parts : nil
  }
}

extension Coefficient {
  /// Whether the number is zero, or as good as zero among measured ones.
  func isNegligible(beside other: Coefficient) -> Bool {
    isExact ? isZero : value.magnitude <= 1e-12 * other.value.magnitude
  }
}
