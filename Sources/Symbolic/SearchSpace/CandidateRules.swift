/// What a grammar asks of candidates beyond operators, size, depth and nesting.
///
/// Columns may weigh differently, operands may be limited in complexity, and units must fit.
package final class CandidateRules: Sendable {
  // What each kind of node adds to the complexity, and each column of its own weight.
  private let weights: [Int]
  private let columnWeights: [Int]

  // The largest complexity of the first and the second operand, by kind.
  private let operandLimits: [SIMD2<Int>]
  private let hasOperandLimits: Bool

  private let analysis: DimensionalAnalysis?

  /// Whether formulas whose units do not fit are rejected.
  let isStrict: Bool

  /// What each violation of units adds to the normalised loss, where they are not rejected.
  let penaltyPerViolation: Double

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
    let functions = grammar.customOperators
    weights =
      Operator.allCases.map { grammar.weights[$0] ?? 1 }
      + functions.map { grammar.customWeights[$0.name] ?? 1 }
    let plain = grammar.weights[.symbol] ?? 1
    columnWeights = names.map { grammar.variableWeights[$0] ?? plain }
    var limits = weights.map { _ in SIMD2(repeating: Int.max) }
    for limit in grammar.operandLimits {
      guard let kind = grammar.kind(of: limit.term) else { continue }
      for (index, largest) in limit.limits.enumerated() {
        limits[kind.index][index] = largest ?? .max
      }
    }
    operandLimits = limits
    hasOperandLimits = !grammar.operandLimits.isEmpty
    analysis = try grammar.dimensionalAnalysis(of: table)
    switch grammar.dimensionalRule {
    case .strict:
      isStrict = analysis != nil
      penaltyPerViolation = 0
    case .penalised(let penalty):
      isStrict = false
      penaltyPerViolation = analysis == nil ? 0 : penalty
    }
  }

  private init(withoutUnits rules: CandidateRules) {
    weights = rules.weights
    columnWeights = rules.columnWeights
    operandLimits = rules.operandLimits
    hasOperandLimits = rules.hasOperandLimits
    analysis = nil
    isStrict = false
    penaltyPerViolation = 0
  }

  /// The same rules without those about units.
  var withoutUnits: CandidateRules { CandidateRules(withoutUnits: self) }

  /// The sum of the weights of the genes.
  ///
  /// - Parameters:
  ///   - genes: A tree in postfix order.
  ///   - count: Its size.
  /// - Returns: The complexity.
  package func complexity(_ genes: UnsafePointer<Gene>, count: Int) -> Int {
    (0..<count).reduce(0) { $0 + weight(genes[$1]) }
  }

  /// Whether operands are within their limits.
  ///
  /// - Parameters:
  ///   - genes: A tree in postfix order.
  ///   - count: Its size.
  /// - Returns: Whether the tree may be part of a formula.
  /// - Complexity: O(count).
  package func admits(_ genes: UnsafePointer<Gene>, count: Int) -> Bool {
    !hasOperandLimits || keepsOperandLimits(genes, count: count)
  }

  /// Whether operands are within their limits and units fit.
  ///
  /// - Parameters:
  ///   - genes: A finished formula in postfix order.
  ///   - count: Its size.
  /// - Returns: Whether the formula may be reported.
  /// - Complexity: O(count).
  package func accepts(_ genes: UnsafePointer<Gene>, count: Int) -> Bool {
    admits(genes, count: count)
      && (!isStrict || violations(genes, count: count, isScaled: false) == 0)
  }

  /// What the units of a finished formula add to its normalised loss.
  ///
  /// - Parameters:
  ///   - genes: The formula in postfix order.
  ///   - count: Its size.
  /// - Returns: Zero for a formula that is consistent, or if units are no matter of degree.
  func penalty(_ genes: UnsafePointer<Gene>, count: Int) -> Double {
    guard penaltyPerViolation > 0 else { return 0 }
    return penaltyPerViolation * Double(violations(genes, count: count, isScaled: false))
  }

  /// The number of operators whose operands do not fit, and one more if the value is no target.
  ///
  /// - Parameters:
  ///   - genes: A tree in postfix order.
  ///   - count: Its size.
  ///   - isScaled: Whether a free constant will multiply the tree.
  /// - Returns: 0 for a tree that is consistent, and without units.
  func violations(_ genes: UnsafePointer<Gene>, count: Int, isScaled: Bool) -> Int {
    analysis?.violations(genes, count: count, isScaled: isScaled) ?? 0
  }

  private func keepsOperandLimits(_ genes: UnsafePointer<Gene>, count: Int) -> Bool {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: count + 1) { stack in
      var depth = 0
      for index in 0..<count {
        let gene = genes[index]
        let limits = operandLimits[Kind(gene).index]
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
      ? columnWeights[column] : weights[Kind(gene).index]
  }
}
