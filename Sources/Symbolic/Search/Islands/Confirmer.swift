internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A formula whose constants were fitted in Double, with its loss on all rows.
struct ConfirmedFormula: Sendable, Equatable {
  /// The formula.
  var genes: [Gene]

  /// The weighted sum of squared residuals on all rows.
  var squares: Double

  /// What an ``IslandSearch/judge(by:)`` adds, in the same units.
  var penalty = 0.0

  /// What is to be small.
  var cost: Double { squares + penalty }
}

/// Turns what an island found on few rows in single precision into formulas of the target, with
/// constants fitted to many rows in Double.
///
/// Only here an exact form and a look-alike part: exact forms end at 1e-28 of the target's variation,
/// look-alikes far above.
struct Confirmer: Sendable {
  /// What became of a candidate.
  struct Outcome: Sendable {
    /// Its formulas, as far as they could enter the hall of fame.
    var formulas: [ConfirmedFormula] = []

    /// The normalised loss in the candidate's own view.
    var loss = Double.infinity
  }

  /// The normalised loss up to which a formula is exact: exact ones end at 1e-28, look-alikes above
  /// 5e-19.
  static let exact = 1e-22

  let vocabulary: Vocabulary
  let derived: [DerivedVariable]
  let screenRows: RowBlock<Double>
  let fitRows: RowBlock<Double>
  let allRows: RowBlock<Double>

  /// What confirmed formulas up to each complexity cost.
  let bars: [Bar]

  /// The least normalised costs of confirmed formulas, on the rows of each step.
  ///
  /// Losses of two formulas compare best on the same rows: their noise is the same.
  struct Bar: Sendable {
    /// On the rows of the short fit.
    var screened = Double.infinity

    /// On the rows that constants are fitted to.
    var fitted = Double.infinity
  }

  /// Gives a formula its ``ConfirmedFormula/penalty``.
  let judged: @Sendable (ConfirmedFormula) -> ConfirmedFormula

  /// Fits a candidate.
  ///
  /// - Parameters:
  ///   - terms: The terms of its tree; empty for the power law of a view.
  ///   - factors: Their factors or exponents.
  ///   - view: The view in which it was found.
  /// - Returns: The formulas that are no worse than what is known at their complexity.
  func callAsFunction(terms: [[Gene]], factors: [Double], in view: View) -> Outcome {
    let (trees, viewLoss) = view.formulas(
      terms: terms, factors: factors, derived: derived, tableColumns: vocabulary.variables.count)
    var outcome = Outcome(loss: viewLoss)
    for tree in trees {
      // A short fit first: most candidates are no better than what is known.
      guard admits(tree),
        let start = ConstantRefiner(screenRows)(tree, steps: 10, tolerance: 0.03, settles: false)
      else { continue }
      let loss = start.squares / screenRows.variation
      if view.shape.isPlain { outcome.loss = min(outcome.loss, loss) }
      // The short fit may stop before the minimum.
      guard loss <= 1.5 * bar(tree).screened, let fit = fitted(start.genes) else { continue }
      let reached = fit.squares / fitRows.variation
      outcome.formulas += entries(fit.genes, loss: reached)
      if reached <= Self.exact {
        let pruned = Pruner(rows: screenRows, vocabulary: vocabulary)(
          fit.genes, limit: Self.exact * screenRows.variation)
        outcome.formulas += entries(pruned, loss: reached)
        if let polynomial = multipliedOut(pruned) {
          outcome.formulas += entries(polynomial, loss: reached)
        }
      }
    }
    return outcome
  }

  // The formula with products of sums multiplied out: `(x − 0.68)² (x + 0.18)² + …` may be the
  // polynomial `x⁴ − x³` whose other terms cancel.
  private func multipliedOut(_ genes: [Gene]) -> [Gene]? {
    let expanded = Expression(genes, variables: vocabulary.variables).expanded()
    let largest = expanded.constants.map(\.magnitude).max() ?? 0
    let negligible = 1e-9 * max(1, largest)
    let cleared = expanded.replacingConstants(
      expanded.constants.map { $0.magnitude < negligible ? 0 : $0 }
    ).simplified()
    guard cleared.complexity <= vocabulary.maximumComplexity, !cleared.symbols.isEmpty,
      let tree = cleared.genes(variables: vocabulary.variables), tree != genes,
      let fit = ConstantRefiner(fitRows)(tree), fit.squares <= Self.exact * fitRows.variation
    else { return nil }
    return fit.genes
  }

  // Where there is noise, constants are soon as good as the rows allow.
  private func fitted(_ genes: [Gene]) -> ConstantRefiner.Outcome? {
    let refine = ConstantRefiner(fitRows)
    guard let fit = refine(genes, tolerance: 1e-5, settles: false) else { return nil }
    return fit.squares <= Self.noiseless * fitRows.variation ? refine(fit.genes) : fit
  }

  /// The normalised loss above which there is noise, or a formula far from exact.
  private static let noiseless = 1e-10

  // Constants that are left out may raise the loss by as much as each is worth.
  private var slack: Double {
    let n = Double(allRows.count)
    return 1.005 * exp(4 * log(n) / n)
  }

  // The losses to beat at the complexity of a formula.
  private func bar(_ genes: [Gene]) -> Bar {
    let complexity = genes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { vocabulary.complexity($0, count: genes.count) } ?? 0
    }
    return complexity < bars.count ? bars[complexity] : Bar(screened: 0, fitted: 0)
  }

  // The formula as it was fitted and with round constants, each fitted to all rows.
  private func entries(_ genes: [Gene], loss: Double) -> [ConfirmedFormula] {
    var result: [ConfirmedFormula] = []
    for trial in [genes, rounded(genes, loss: loss)].compactMap({ $0 }) {
      guard loss <= slack * bar(trial).fitted, admits(trial) else { continue }
      // Two steps more on all rows: the start is close.
      let steps = trial.count == genes.count ? 2 : 20
      if let fit = ConstantRefiner(allRows)(trial, steps: steps, settles: false) {
        let squares = fit.squares + vocabulary.penalty(fit.genes) * allRows.variation
        result.append(judged(ConfirmedFormula(genes: fit.genes, squares: squares)))
      }
    }
    return result
  }

  // Constants that a fit without noise brings to a round number are that number; without them the
  // formula is shorter.
  private func rounded(_ genes: [Gene], loss: Double) -> [Gene]? {
    guard loss < 1e-16 else { return nil }
    var trial = genes
    var hasChanged = false
    for index in trial.indices where trial[index].isFree {
      let value = trial[index].value
      let nearest = (2 * value).rounded() / 2
      guard nearest.magnitude <= 10, (value - nearest).magnitude <= 1e-9 * max(1, nearest.magnitude)
      else { continue }
      trial[index] = Gene(constant: nearest, isFixed: true)
      hasChanged = true
    }
    guard hasChanged else { return nil }
    let count = trial.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { Canonicaliser(vocabulary)($0, count: buffer.count) } ?? 0
    }
    return count > 0 ? Array(trial.prefix(count)) : nil
  }

  private func admits(_ genes: [Gene]) -> Bool {
    vocabulary.accepts(genes)
  }
}
