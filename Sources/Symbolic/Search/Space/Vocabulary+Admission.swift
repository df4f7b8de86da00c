extension Vocabulary {
  /// The sum of the weights of the genes.
  package func complexity(_ genes: UnsafePointer<Gene>, count: Int) -> Int {
    if let rules { return rules.complexity(genes, count: count) }
    return weights.withUnsafeBufferPointer { weights in
      var sum = 0
      for index in 0..<count { sum += weights[Int(genes[index].operation.rawValue)] }
      return sum
    }
  }

  /// Whether a tree keeps all limits of the grammar; units are looked at elsewhere.
  ///
  /// - Parameters:
  ///   - genes: A tree in postfix order.
  ///   - count: Its size.
  ///   - reserve: Complexity to leave free for what the linear fit adds.
  /// - Returns: Whether it may be searched on.
  /// - Complexity: O(count), times one for each operator that nesting limits name inside others.
  package func admits(_ genes: UnsafePointer<Gene>, count: Int, reserve: Int = 0) -> Bool {
    guard count <= maximumCount, complexity(genes, count: count) + reserve <= maximumComplexity,
      depth(genes, count: count) <= maximumDepth
    else { return false }
    return nesting.allSatisfy { keeps($0, genes, count) }
      && (rules?.admits(genes, count: count) ?? true)
  }

  /// Whether a finished formula keeps all limits of the grammar, strict units included.
  func accepts(_ formula: [Gene]) -> Bool {
    formula.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress, admits(start, count: buffer.count) else { return false }
      return rules?.accepts(start, count: buffer.count) ?? true
    }
  }

  /// What the units of a finished formula add to its normalised loss.
  func penalty(_ formula: [Gene]) -> Double {
    guard let rules else { return 0 }
    return formula.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { rules.penalty($0, count: buffer.count) } ?? 0
    }
  }

  /// What the factors and the offset of a fit of `terms` terms add to the complexity.
  func fitComplexity(terms: Int, withOffset: Bool) -> Int {
    guard !form.isMonomial else { return 0 }
    let constant = weights[Int(Operator.constant.rawValue)]
    let multiply = weights[Int(Operator.multiply.rawValue)]
    let add = weights[Int(Operator.add.rawValue)]
    return (form.hasScale ? terms * (constant + multiply) : 0)
      + (withOffset && form.hasOffset ? constant + add : 0)
  }

  /// The longest path from the root to a leaf, in nodes.
  func depth(_ genes: UnsafePointer<Gene>, count: Int) -> Int {
    longestPath(genes, count) { _ in 1 }
  }

  private func keeps(_ limit: NestingLimit, _ genes: UnsafePointer<Gene>, _ count: Int) -> Bool {
    var isKept = true
    _ = longestPath(
      genes, count, visit: { isKept = isKept && !(Kind($0) == limit.outer && $1 > limit.count) },
      cost: { Kind($0) == limit.inner ? 1 : 0 })
    return isKept
  }

  // The heaviest path from the root to a leaf; `visit` sees each operator and the heaviest path
  // below it.
  private func longestPath(
    _ genes: UnsafePointer<Gene>, _ count: Int, visit: (Gene, Int) -> Void = { _, _ in },
    cost: (Gene) -> Int
  ) -> Int {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: count + 1) { stack in
      var depth = 0
      for index in 0..<count {
        let gene = genes[index]
        var below = 0
        let arity = gene.arity
        if arity == 1 {
          depth -= 1
          below = stack[depth]
        } else if arity == 2 {
          depth -= 2
          below = max(stack[depth], stack[depth + 1])
        }
        visit(gene, below)
        stack[depth] = below + cost(gene)
        depth += 1
      }
      return stack[0]
    }
  }
}
