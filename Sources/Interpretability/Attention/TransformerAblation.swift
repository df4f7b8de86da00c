public import Networks
public import Tensors

/// What becomes of a transformer's answers when its heads and neurons are taken out, each on its own.
public struct TransformerAblation: Sendable, Codable, Equatable {
  /// What took the place of their values.
  public let replacement: InterventionStudy.Ablation

  /// How well the transformer does as it is.
  public let baseline: TransformerScore

  /// What each part's absence does to the output.
  public let effects: [HoldingEffect]

  /// The parts that matter most, by the increase of the loss.
  ///
  /// - Parameter count: How many.
  /// - Returns: The effects, the greatest first.
  public func strongest(_ count: Int) -> [HoldingEffect] {
    Array(effects.sorted { $0.score.loss > $1.score.loss }.prefix(count))
  }

  /// The loss that a part's absence adds.
  ///
  /// - Parameter effect: The effect.
  /// - Returns: In nats; negative where the transformer does better without.
  public func lossIncrease(_ effect: HoldingEffect) -> Double {
    effect.score.loss - baseline.loss
  }
}

extension Transformer {
  /// Takes parts out, each on its own, and measures the output: logits, loss and accuracy.
  ///
  /// ```swift
  /// let sites = model.design.headSites + model.design.neuronSites
  /// let ablation = model.ablation(of: sites, by: .mean, on: heldOut)
  /// ```
  ///
  /// - Parameters:
  ///   - sites: The parts.
  ///   - replacement: What takes the place of their values. Zero may be far from any value that a part
  ///     ever has; the mean over all positions of the batch takes away what the part says, and no more.
  ///   - batch: Sequences with a target somewhere.
  ///   - threads: Number of threads; no result depends on it.
  /// - Returns: The score as it is, and an effect for each part in their order.
  public func ablation(
    of sites: [TransformerSite], by replacement: InterventionStudy.Ablation,
    on batch: TokenBatch, threads: Int = defaultThreadCount
  ) -> TransformerAblation {
    let held: [HeldSite]
    switch replacement {
    case .zero:
      held = sites.map { HeldSite(zeroing: $0, in: design) }
    case .mean:
      let record = record(batch, threads: threads)
      held = sites.map { site in
        let values = record.values(of: site)
        return HeldSite(
          site,
          at: (0..<values.columns).map { column in
            Statistics.sum(values.column(column)) / Double(values.rows)
          })
      }
    }
    let (baseline, effects) = effects(ofHolding: held, on: batch, threads: threads)
    return TransformerAblation(replacement: replacement, baseline: baseline, effects: effects)
  }
}
