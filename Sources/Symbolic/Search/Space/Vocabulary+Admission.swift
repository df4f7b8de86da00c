extension Vocabulary {
  /// The sum of the weights of the genes.
  package func complexity(_ genes: UnsafePointer<Gene>, count: Int) -> Int {
    if let rules { return rules.complexity(genes, count: count) }
    return plainComplexity(genes, count: count)
  }

  private func plainComplexity(_ genes: UnsafePointer<Gene>, count: Int) -> Int {
    weights.withUnsafeBufferPointer { weights in
      var sum = 0
      for index in 0..<count { sum += weights[Int(genes[index].operation.rawValue)] }
      return sum
    }
  }

  /// Whether a formula keeps all limits of the grammar.
  ///
  /// - Parameters:
  ///   - genes: A tree in postfix order.
  ///   - count: Its size.
  ///   - reserve: Complexity to leave free for what the linear fit adds.
  /// - Returns: Whether it may be reported.
  /// - Complexity: O(count), times one for each operator that nesting limits name inside others.
  package func admits(_ genes: UnsafePointer<Gene>, count: Int, reserve: Int = 0) -> Bool {
    guard count <= maximumCount, complexity(genes, count: count) + reserve <= maximumComplexity,
      depth(genes, count: count) <= maximumDepth
    else { return false }
    return nesting.allSatisfy { keeps($0, genes, count) }
      && rules?.admits(genes, count: count) ?? true
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
      genes, count, visit: { isKept = isKept && !($0 == limit.outer && $1 > limit.count) },
      cost: { $0 == limit.inner ? 1 : 0 })
    return isKept
  }

  // The heaviest path from the root to a leaf; `visit` sees each operator and the heaviest path
  // below it.
  private func longestPath(
    _ genes: UnsafePointer<Gene>, _ count: Int, visit: (Operator, Int) -> Void = { _, _ in },
    cost: (Operator) -> Int
  ) -> Int {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: count + 1) { stack in
      var depth = 0
      for index in 0..<count {
        let operation = genes[index].operation
        var below = 0
        let arity = genes[index].arity
        if arity == 1 {
          depth -= 1
          below = stack[depth]
        } else if arity == 2 {
          depth -= 2
          below = max(stack[depth], stack[depth + 1])
        }
        visit(operation, below)
        stack[depth] = below + cost(operation)
        depth += 1
      }
      return stack[0]
    }
  }
}
