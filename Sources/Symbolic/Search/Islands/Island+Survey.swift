extension Island {
  /// Where the free constants of a tree start, all at once: a fit along `exp(c z) − 1` finds its way
  /// from one side only.
  private static let starts = [1, 0.2]

  /// Steps of each fit: a tree is tried once, not whenever genetics returns to it.
  private static let steps = 12

  /// Tries the next trees of the enumeration; good ones join the population.
  ///
  /// - Parameter count: How many trees to try.
  func survey(_ count: Int) {
    guard isSurveyor, surveyed >= 0 else { return }
    let enumeration =
      enumeration
      ?? SkeletonEnumeration(vocabulary, columns: vocabulary.parts[0].columns, form: form)
    self.enumeration = enumeration
    let steps = scorer.steps
    scorer.steps = Self.steps
    defer { scorer.steps = steps }
    // One variable has few trees, and they are all that such an island is for.
    for _ in 0..<(vocabulary.parts[0].columns.count == 1 ? 3 * count : count) {
      guard let skeleton = enumeration[surveyed] else {
        // Done; the memory is better used otherwise.
        self.enumeration = nil
        surveyed = -1
        return
      }
      surveyed += 1
      for start in skeleton.contains(where: { $0.isFree }) ? Self.starts : [1] {
        var size = 0
        for gene in skeleton {
          tree[size] = gene.isFree ? Gene(constant: start) : gene
          size += 1
        }
        var offspring = Offspring()
        guard append(size, part: 0, to: &offspring), express(&offspring), evaluate(&offspring)
        else { continue }
        compete(offspring.individual)
      }
    }
  }
}
