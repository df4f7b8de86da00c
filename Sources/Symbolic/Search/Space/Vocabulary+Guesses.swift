extension Vocabulary {
  /// Refuses formulas that a search cannot start from.
  ///
  /// - Parameters:
  ///   - guesses: The formulas.
  ///   - table: The table to search.
  /// - Throws: ``SearchError/guess(_:_:)`` for the first such formula.
  func check(_ guesses: [Expression], on table: SearchTable) throws(SearchError) {
    for guess in guesses {
      if let problem = problem(with: guess, on: table) {
        throw .guess(guess.description, problem)
      }
    }
  }

  /// What keeps a search from starting at a formula.
  ///
  /// - Parameters:
  ///   - guess: The formula.
  ///   - table: The table to search.
  /// - Returns: nil if the search can start from it.
  func problem(with guess: Expression, on table: SearchTable) -> GuessProblem? {
    if let name = guess.symbols.first(where: { !variables.contains($0) }) {
      return .unknownColumn(name.name, columns: variables.map(\.name))
    }
    guard !guess.symbols.isEmpty else { return .constant }
    guard template == nil else { return .template }
    guard let genes = genes(writing: guess) else {
      let known = writable
      let strange = guess.nodes.first { $0.arity > 0 && !known.contains($0.operation) }
      return .unwritable((strange ?? guess.root).operation.notation.spelling)
    }
    guard accepts(genes) else {
      let complexity = genes.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { self.complexity($0, count: buffer.count) } ?? 0
      }
      return .beyondLimits(complexity: complexity, limit: maximumComplexity)
    }
    let values = (try? Program(guess, inputs: variables))?.evaluate(table.columns) ?? []
    return values.firstIndex { !$0.isFinite }.map { .undefined(row: $0 + 1) }
  }

  /// A formula as the grammar writes it, its constants free but for round exponents.
  ///
  /// - Parameter formula: The formula.
  /// - Returns: nil if it needs an operator that the grammar lacks, or has a name that is no column.
  func genes(writing formula: Expression) -> [Gene]? {
    guard let tree = formula.genes(variables: variables) else { return nil }
    let operators = Set(writable)
    let powers = PowerWriter(operators: writable)
    var stack: [[Gene]] = []
    for gene in tree {
      let right = gene.arity > 0 ? stack.removeLast() : []
      let left = gene.arity > 1 ? stack.removeLast() : []
      let written: [Gene]? =
        switch gene.operation {
        case .pi: [Gene(constant: .pi)]
        case .constant: [Gene(constant: gene.value)]
        case .symbol: [gene]
        case .power where right.count == 1 && right[0].isConstant && right[0].value != 0:
          powers.write(left, exponent: right[0].value)
        case .square: powers.write(right, exponent: 2)
        case .cube: powers.write(right, exponent: 3)
        case .reciprocal: powers.write(right, exponent: -1)
        case .sqrt where !operators.contains(.sqrt): powers.write(right, exponent: 0.5)
        case .negate where !operators.contains(.negate):
          operators.contains(.multiply)
            ? [Gene(constant: -1)].combined(.multiply, right) : nil
        case _ where !operators.contains(gene.operation): nil
        default:
          gene.arity == 1 ? right.applying(gene.operation) : left.combined(gene.operation, right)
        }
      guard let written else { return nil }
      stack.append(written)
    }
    return stack.last
  }
}
