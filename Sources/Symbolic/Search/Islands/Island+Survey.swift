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
    // Numbers near one go with columns of up to five.
    let starts =
      vocabulary.scales.max().map { size in Self.starts.map { 5 * $0 / size } }
      ?? Self.starts
    // One variable has few trees, and they are all that such an island is for.
    for _ in 0..<(vocabulary.parts[0].columns.count == 1 ? 3 * count : count) {
      guard let skeleton = enumeration[surveyed] else {
        // Done; the memory is better used otherwise.
        self.enumeration = nil
        surveyed = -1
        return
      }
      surveyed += 1
      for start in skeleton.contains(where: { $0.isFree }) ? starts : [1] {
        consider(skeleton.map { $0.isFree ? Gene(constant: start) : $0 })
      }
    }
  }

  /// Fits a tree more thoroughly than an offspring, as it comes but once, and lets it compete.
  func consider(_ genes: [Gene]) {
    guard genes.count <= vocabulary.maximumCount else { return }
    let steps = scorer.steps
    scorer.steps = Self.steps
    defer { scorer.steps = steps }
    for (index, gene) in genes.enumerated() { tree[index] = gene }
    var offspring = Offspring()
    guard append(genes.count, part: 0, to: &offspring), express(&offspring), evaluate(&offspring)
    else { return }
    compete(offspring.individual)
  }
}
