internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

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
    var result = HallOfFame(resolution: resolution * lossScale)
    for complexity in confirmed.keys.sorted() {
      guard let formula = confirmed[complexity] else { continue }
      result.insert(
        HallOfFame.Entry(
          expression: scaling.restored(
            Expression(formula.genes.inlining(vocabulary.functions), variables: table.variables)),
          complexity: complexity, loss: lossScale * formula.squares / Double(allRows.count),
          rSquared: 1 - formula.squares / allRows.variation,
          penalty: lossScale * formula.penalty / Double(allRows.count)))
    }
    return result
  }

  /// The best skeletons of all islands that look through a view.
  func mergedFront(of view: View) -> CandidateFront {
    var merged = CandidateFront(maximumComplexity: vocabulary.maximumComplexity)
    for island in archipelago.islands where island.view === view {
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
    guard let outcome = ConstantRefiner(allRows)([Gene(constant: 0)]) else { return }
    enter(ConfirmedFormula(genes: outcome.genes, squares: outcome.squares))
  }

  /// What no search is needed for: power laws and quadratic forms.
  ///
  /// - Parameters:
  ///   - columns: The columns that they are made of.
  ///   - divisor: The exponents of what was divided out before; empty for nothing.
  ///   - threads: The number of threads; does not change the result.
  func confirmClosedForms(of columns: [Int], divisor: [Double], threads: Int) {
    let shapes = ViewPlan.closedForms(
      of: columns, divisor: divisor, vocabulary: vocabulary, options: options)
    let views = shapes.compactMap { archipelago.view($0, derived: derived) }
    let confirmer = confirmer
    let outcomes = parallelMap(count: views.count, threads: threads) { index in
      confirmer(terms: [], factors: [], in: views[index])
    }
    counts.confirmations += views.count
    for outcome in outcomes { outcome.formulas.forEach(enter) }
  }

  /// Fits what the islands found to many rows in Double and enters it into the hall of fame.
  func confirm(threads: Int) {
    for settlement in archipelago.settlements { confirm(settlement.view, threads: threads) }
  }

  private func confirm(_ view: View, threads: Int) {
    let salt = view.shape.fingerprint
    let candidates = mergedFront(of: view).promising.filter { candidate in
      guard let known = confirmedFits[candidate.hash ^ salt] else { return true }
      let floored = max(candidate.loss, CandidateFront.floor)
      return floored < 0.9 * known.loss
        || candidate.size < 0.5 * known.size && floored < 1.1 * known.loss
    }
    for candidate in candidates {
      confirmedFits[candidate.hash ^ salt] = ConfirmedFit(
        loss: max(candidate.loss, CandidateFront.floor), size: candidate.size)
    }
    counts.confirmations += candidates.count
    let confirmer = confirmer
    let outcomes = parallelMap(count: candidates.count, threads: threads) { index in
      confirmer(
        terms: candidates[index].terms, factors: candidates[index].factors, in: view)
    }
    for (candidate, outcome) in zip(candidates, outcomes) {
      outcome.formulas.forEach(enter)
      // A hundredfold loss means that the search saw rounding, or rows without the formula's poles.
      if !(outcome.loss <= 100 * max(candidate.loss, CandidateFront.floor)) {
        for island in archipelago.islands where island.view === view {
          island.refuse(candidate.hash)
        }
      }
    }
  }

  /// Fits candidates, knowing what is confirmed so far.
  private var confirmer: Confirmer {
    var least = Confirmer.Bar()
    let bars = (0...vocabulary.maximumComplexity).map { complexity in
      if let formula = confirmed[complexity] {
        let sampled = sampled(formula, complexity)
        let penalty = formula.penalty / allRows.variation
        least.screened = min(least.screened, sampled.screened + penalty)
        least.fitted = min(least.fitted, sampled.fitted + penalty)
      }
      return least
    }
    return Confirmer(
      vocabulary: vocabulary, derived: derived, screenRows: screenRows, fitRows: fitRows,
      allRows: allRows, bars: bars, judged: judged())
  }

  // The losses of a confirmed formula on fewer rows; looked up again while it stays.
  private func sampled(_ formula: ConfirmedFormula, _ complexity: Int) -> Confirmer.Bar {
    if let known = sampledLosses[complexity], known.genes == formula.genes { return known.losses }
    func loss(_ rows: RowBlock<Double>) -> Double {
      let outcome = ConstantRefiner(rows)(formula.genes, steps: 0, settles: false)
      return (outcome?.squares ?? .infinity) / rows.variation
    }
    let losses = Confirmer.Bar(screened: loss(screenRows), fitted: loss(fitRows))
    sampledLosses[complexity] = (formula.genes, losses)
    return losses
  }

  // The cost times n^(k/n): k constants take `½ k log n` of a description whose errors take
  // `n/2 log squares`, so that of equally long formulas one with many constants has to fit better.
  private func priced(_ formula: ConfirmedFormula) -> Double {
    let n = Double(table.rowCount)
    let constants = formula.genes.count { $0.isFree }
    return formula.cost * exp(Double(constants) * log(n) / n)
  }

  func enter(_ formula: ConfirmedFormula) {
    let complexity = formula.genes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { vocabulary.complexity($0, count: buffer.count) } ?? 0
    }
    if let known = confirmed[complexity] {
      // Aliases differ by rounding only.
      guard
        isBetter(
          priced(formula), constantSize(formula.genes), than: priced(known),
          constantSize(known.genes), margin: 1e-6)
      else { return }
    }
    confirmed[complexity] = formula
  }

  /// Sends front members and random neighbours from island to island.
  func migrate() {
    for settlement in archipelago.settlements {
      let (view, islands) = (settlement.view, settlement.islands)
      let best = mergedFront(of: view).slots.compactMap(\.first)
      let emissaries = islands.map { $0.emissary() }
      for (index, island) in islands.enumerated() {
        for _ in 0..<(best.isEmpty ? 0 : options.migrants) {
          island.receive(best[island.stream.below(best.count)].genome)
        }
        if islands.count > 1, let genome = emissaries[(index + 1) % islands.count] {
          island.receive(genome)
        }
      }
    }
  }
}
