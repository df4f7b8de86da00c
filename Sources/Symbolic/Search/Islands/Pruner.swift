internal import Tensors

/// Takes out of an exact formula what it does not need.
///
/// What a search meets first is seldom the simplest form: terms of 1e-18, factors that cancel. Each
/// operator in turn is exchanged for one of its operands, or for a number, the constants are fitted
/// again, and the shorter formula is kept if it is as exact. Beside algebraic rules this needs no
/// knowledge of identities: the data decide.
package struct Pruner {
  /// The rows that decide.
  let rows: RowBlock<Double>

  let vocabulary: Vocabulary

  /// Prepares for rows that decide.
  init(rows: RowBlock<Double>, vocabulary: Vocabulary) {
    self.rows = rows
    self.vocabulary = vocabulary
  }

  /// Prepares for all rows of a table to decide.
  package init(_ table: SearchTable, vocabulary: Vocabulary) {
    self.init(
      rows: RowBlock(table, rows: Array(0..<table.rowCount)), vocabulary: vocabulary)
  }

  /// Shortens a formula.
  ///
  /// - Parameters:
  ///   - genes: A formula that is exact on the rows.
  ///   - limit: The sum of squares up to which a formula counts as exact.
  /// - Returns: A formula with no more genes; the same if nothing can go.
  package func callAsFunction(_ genes: [Gene], limit: Double) -> [Gene] {
    let refine = ConstantRefiner(rows)
    var best = genes
    var index = best.count - 1
    // From the root down, so that large parts go first.
    while index >= 0 {
      var shorter: [Gene]?
      for trial in simplifications(of: best, at: index) where trial.count < best.count {
        if let fit = refine(trial, steps: 12, tolerance: 0.5, settles: false), fit.squares <= limit
        {
          shorter = fit.genes
          break
        }
      }
      if let found = shorter {
        best = found
        index = best.count
      }
      index -= 1
    }
    return best
  }

  // The formula with the operator at an index exchanged for something smaller.
  private func simplifications(of genes: [Gene], at index: Int) -> [[Gene]] {
    let gene = genes[index]
    guard gene.arity > 0 else { return [] }
    let start = index + 1 - Int(gene.length)
    var replacements: [[Gene]] = []
    let right = Array(genes[(index - Int(genes[index - 1].length))..<index])
    if gene.arity == 2 {
      let left = Array(genes[start..<(index - right.count)])
      replacements = left.count <= right.count ? [left, right] : [right, left]
    } else {
      replacements = [right]
    }
    replacements.insert([Gene(constant: 1)], at: 0)
    return replacements.compactMap { replacement in
      var trial = Array(genes[..<start]) + replacement + Array(genes[(index + 1)...])
      let count = trial.withUnsafeMutableBufferPointer { buffer -> Int in
        guard let pointer = buffer.baseAddress else { return 0 }
        restoreLengths(pointer, count: buffer.count)
        return Canonicaliser(vocabulary)(pointer, count: buffer.count)
      }
      return count > 0 ? Array(trial.prefix(count)) : nil
    }
  }
}
