/// What a grammar asks of candidates beyond operators, size, depth and nesting.
///
/// Columns may weigh differently, operands may be limited in complexity, and units must fit.
package struct CandidateRules: Sendable {
  // What each operator adds to the complexity, by raw value, and each column of its own weight.
  private let weights: [Int]
  private let columnWeights: [Int]

  // The largest complexity of the first and the second operand, by raw value.
  private let operandLimits: [SIMD2<Int>]
  private let hasOperandLimits: Bool

  private let analysis: DimensionalAnalysis?

  /// Makes a grammar's rules ready for a table.
  ///
  /// - Parameters:
  ///   - grammar: The grammar.
  ///   - table: The table that is searched.
  /// - Throws: ``SearchError`` if a weight or a unit belongs to no column.
  package init(_ grammar: Grammar, table: SearchTable) throws(SearchError) {
    let names = table.variables
    if let stranger = grammar.variableWeights.keys.sorted().first(where: { !names.contains($0) }) {
      throw .weightOfNothing(name: stranger.name, columns: names.map(\.name))
    }
    weights = Operator.allCases.map { grammar.weights[$0] ?? 1 }
    let plain = grammar.weights[.symbol] ?? 1
    columnWeights = names.map { grammar.variableWeights[$0] ?? plain }
    var limits = Operator.allCases.map { _ in SIMD2(repeating: Int.max) }
    for limit in grammar.operandLimits {
      guard case .operation(let operation) = limit.term else { continue }
      for (index, largest) in limit.limits.enumerated() {
        limits[Int(operation.rawValue)][index] = largest ?? .max
      }
    }
    operandLimits = limits
    hasOperandLimits = !grammar.operandLimits.isEmpty
    let isStrict = grammar.dimensionalRule == .strict
    let units = try grammar.dimensionalAnalysis(of: table)
    analysis = isStrict ? units : nil
  }

  /// The sum of the weights of the genes.
  ///
  /// - Parameters:
  ///   - genes: A tree in postfix order.
  ///   - count: Its size.
  /// - Returns: The complexity.
  package func complexity(_ genes: UnsafePointer<Gene>, count: Int) -> Int {
    (0..<count).reduce(0) { $0 + weight(genes[$1]) }
  }

  /// Whether operands are within their limits and units fit.
  ///
  /// - Parameters:
  ///   - genes: A tree in postfix order.
  ///   - count: Its size.
  /// - Returns: Whether the formula may be reported.
  /// - Complexity: O(count).
  package func admits(_ genes: UnsafePointer<Gene>, count: Int) -> Bool {
    (!hasOperandLimits || keepsOperandLimits(genes, count: count))
      && (analysis.map { $0.violations(genes, count: count) == 0 } ?? true)
  }

  private func keepsOperandLimits(_ genes: UnsafePointer<Gene>, count: Int) -> Bool {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: count + 1) { stack in
      var depth = 0
      for index in 0..<count {
        let gene = genes[index]
        let limits = operandLimits[Int(gene.operation.rawValue)]
        var complexity = weight(gene)
        depth -= gene.arity
        for operand in 0..<gene.arity {
          let size = stack[depth + operand]
          if size > limits[operand] { return false }
          complexity += size
        }
        stack[depth] = complexity
        depth += 1
      }
      return true
    }
  }

  private func weight(_ gene: Gene) -> Int {
    // Variables that the search derives from columns weigh as plain ones.
    let column = Int(gene.variable)
    return gene.operation == .symbol && columnWeights.indices.contains(column)
      ? columnWeights[column] : weights[Int(gene.operation.rawValue)]
  }
}
