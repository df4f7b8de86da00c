internal import Tensors

/// A formula whose constants were fitted in Double, with its loss on all rows.
struct ConfirmedFormula: Sendable, Equatable {
  /// The formula.
  var genes: [Gene]

  /// The weighted sum of squared residuals on all rows, or its estimate from some.
  var squares: Double

  /// Whether all rows were looked at.
  var isOnAllRows = true
}

/// With what constants a skeleton was last confirmed.
struct ConfirmedFit: Sendable, Equatable {
  /// The loss on the rows of the search, at least the floor of single precision.
  var loss: Double

  /// The sum of the magnitudes of the constants.
  var size: Double
}

extension IslandSearch {
  /// The confirmed formulas.
  public var hallOfFame: HallOfFame {
    // Sixteen ulps squared: what is left of an exact formula after a dozen roundings.
    let meanSquare = table.target.reduce(0) { $0 + $1 * $1 } / Double(table.rowCount)
    let ulp = Double.ulpOfOne
    var result = HallOfFame(resolution: 16 * ulp * ulp * meanSquare)
    for complexity in confirmed.keys.sorted() {
      guard let formula = confirmed[complexity] else { continue }
      result.insert(
        HallOfFame.Entry(
          expression: Expression(formula.genes, variables: table.variables),
          complexity: complexity, loss: formula.squares / Double(allRows.count),
          rSquared: 1 - formula.squares / allRows.variation))
    }
    return result
  }

  /// The best skeletons of all islands together.
  var mergedFront: CandidateFront {
    var merged = CandidateFront(maximumComplexity: vocabulary.maximumComplexity)
    for island in islands {
      for slot in island.front.slots {
        for candidate in slot
        where merged.wants(complexity: candidate.complexity, loss: candidate.loss) {
          merged.insert(candidate)
        }
      }
    }
    return merged
  }

  /// The mean of the target, the formula that every other one must beat.
  func enterConstant() {
    guard let outcome = ConstantRefiner(allRows)([Gene(constant: 0)]), admits(outcome.genes) else {
      return
    }
    enter(ConfirmedFormula(genes: outcome.genes, squares: outcome.squares))
  }

  /// Fits what the islands found to many rows in Double and enters it into the hall of fame.
  func confirm(threads: Int) {
    let candidates = mergedFront.promising.filter { candidate in
      guard let known = confirmedFits[candidate.hash] else { return true }
      let floored = max(candidate.loss, CandidateFront.floor)
      return floored < 0.9 * known.loss
        || candidate.size < 0.5 * known.size && floored < 1.1 * known.loss
    }
    var jobs: [(candidate: Int, genes: [Gene])] = []
    for (index, candidate) in candidates.enumerated() {
      confirmedFits[candidate.hash] = ConfirmedFit(
        loss: max(candidate.loss, CandidateFront.floor), size: candidate.size)
      // Whether a constant belongs to the law is for the front to say: both forms are entered.
      for hasOffset in vocabulary.form.hasOffset ? [false, true] : [false] {
        jobs.append((index, candidate.formula(form: vocabulary.form, hasOffset: hasOffset)))
      }
    }
    counts.confirmations += jobs.count
    let results = ResultSlots<ConfirmedFormula>(count: jobs.count)
    let formulas = jobs.map(\.genes)
    let bars = formulas.map { bar(for: $0) }
    let (fitRows, allRows) = (fitRows, allRows)
    parallelFor(count: jobs.count, threads: threads) { index in
      results.set(
        Self.fit(formulas[index], fitRows: fitRows, allRows: allRows, bar: bars[index]), at: index)
    }
    var losses = Array(repeating: Double.infinity, count: candidates.count)
    for (index, job) in jobs.enumerated() {
      guard let formula = results[index] else { continue }
      losses[job.candidate] = min(losses[job.candidate], formula.squares / allRows.variation)
      if formula.isOnAllRows && admits(formula.genes) { enter(formula) }
    }
    // A hundredfold loss means that the search saw rounding, or rows without the formula's poles.
    for (candidate, loss) in zip(candidates, losses)
    where !(loss <= 100 * max(candidate.loss, CandidateFront.floor)) {
      for island in islands { island.refuse(candidate.hash) }
    }
  }

  // Constants are fitted on some rows; what could enter the hall of fame then sees all of them.
  private static func fit(
    _ genes: [Gene], fitRows: RowBlock<Double>, allRows: RowBlock<Double>, bar: Double
  ) -> ConfirmedFormula? {
    guard let outcome = ConstantRefiner(fitRows)(genes) else { return nil }
    let loss = outcome.squares / fitRows.variation
    let scaled = ConfirmedFormula(
      genes: outcome.genes, squares: loss * allRows.variation, isOnAllRows: false)
    guard fitRows.count < allRows.count else {
      return ConfirmedFormula(genes: outcome.genes, squares: outcome.squares, isOnAllRows: true)
    }
    guard loss <= 1.2 * bar else { return scaled }
    // Two steps more on all rows: the start is close.
    return ConstantRefiner(allRows)(outcome.genes, steps: 2, settles: false).map {
      ConfirmedFormula(genes: $0.genes, squares: $0.squares, isOnAllRows: true)
    }
  }

  // The least normalised loss of formulas up to a complexity.
  private func bar(for genes: [Gene]) -> Double {
    let limit = complexity(genes)
    let squares = confirmed.filter { $0.key <= limit }.values.map(\.squares).min() ?? .infinity
    return squares / allRows.variation
  }

  private func complexity(_ genes: [Gene]) -> Int {
    genes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { vocabulary.complexity($0, count: genes.count) } ?? 0
    }
  }

  private func admits(_ genes: [Gene]) -> Bool {
    genes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { vocabulary.admits($0, count: genes.count) } ?? false
    }
  }

  private func enter(_ formula: ConfirmedFormula) {
    let complexity = complexity(formula.genes)
    if let known = confirmed[complexity] {
      // Aliases differ by rounding only.
      guard
        isBetter(
          formula.squares, constantSize(formula.genes), than: known.squares,
          constantSize(known.genes), margin: 1e-6)
      else { return }
    }
    confirmed[complexity] = formula
  }

  /// Sends front members and random neighbours from island to island.
  func migrate() {
    let best = mergedFront.slots.compactMap(\.first)
    let emissaries = islands.map { $0.emissary() }
    for (index, island) in islands.enumerated() {
      for _ in 0..<(best.isEmpty ? 0 : options.migrants) {
        island.receive(best[island.stream.below(best.count)].genome)
      }
      if let genome = emissaries[(index + 1) % islands.count] { island.receive(genome) }
    }
  }
}

/// One place for the result of each index of a parallel loop.
///
/// Workers write different places, and nobody reads before all are done.
private final class ResultSlots<Value: Sendable>: @unchecked Sendable {
  private let storage: UnsafeMutablePointer<Value?>
  private let count: Int

  init(count: Int) {
    self.count = count
    storage = .allocate(capacity: count)
    storage.initialize(repeating: nil, count: count)
  }

  deinit {
    storage.deinitialize(count: count)
    storage.deallocate()
  }

  func set(_ value: Value?, at index: Int) { storage[index] = value }

  subscript(index: Int) -> Value? { storage[index] }
}
