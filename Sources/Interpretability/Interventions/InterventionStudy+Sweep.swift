public import Networks
internal import PINN
internal import Tensors

extension InterventionStudy {
  /// The effect of each unit of a site on its own.
  ///
  /// - Parameters:
  ///   - site: The site.
  ///   - substitute: What takes the place of its activations.
  /// - Returns: One effect for each unit.
  /// - Complexity: The layers before the site are evaluated once, those after it once for each unit.
  public func sweep(
    _ site: ActivationSite, by substitute: Substitute
  ) -> [InterventionEffect] {
    sweep(.units(site), by: substitute, means: { means(of: site, by: .mean) }) {
      "\(site.name).neuron\($0)"
    }
  }

  /// The effect of each feature of a site on its own; what features leave of the activations stays.
  ///
  /// - Parameters:
  ///   - autoencoder: What finds the features.
  ///   - site: The site.
  ///   - substitute: What takes the features' place.
  /// - Returns: One effect for each feature.
  /// - Complexity: The layers before the site are evaluated once, those after it once for each feature.
  public func sweep(
    _ autoencoder: SparseAutoencoder, at site: ActivationSite, by substitute: Substitute
  ) -> [InterventionEffect] {
    sweep(
      .features(autoencoder.featureMap, at: site), by: substitute,
      means: { means(of: autoencoder, at: site) }
    ) { "sae.\(site.name).feature\($0)" }
  }

  private func sweep(
    _ parts: SiteParts, by substitute: Substitute, means: () -> [Double],
    named name: (Int) -> String
  ) -> [InterventionEffect] {
    let sets = (0..<parts.count).map { [$0] }
    let held: [Double]? =
      switch substitute {
      case .zero: Array(repeating: 0, count: parts.count)
      case .mean: means()
      case .resample: nil
      }
    let sums = measures.indices.map { measure in
      let replacement: EffectMeasure.Replacement =
        if let held { .held(held) } else { draws(substitute.seed, for: measure) }
      return measures[measure].sums(
        replacing: sets, of: parts, by: replacement, threads: threads)
    }
    return sets.indices.map { place in
      effect(named: "\(name(place)) = \(substitute.name)", sums.map { $0[place] })
    }
  }

  /// The mean of each feature over the points.
  ///
  /// - Parameters:
  ///   - autoencoder: What finds the features.
  ///   - site: The site.
  /// - Returns: One number for each feature.
  public func means(of autoencoder: SparseAutoencoder, at site: ActivationSite) -> [Double] {
    let layer = SiteActivations(solution, sites: [site], threads: threads).values(at: points)[0]
    let features = autoencoder.encode(
      Matrix(rows: points[0].count, columns: site.units, elements: layer.map(Float.init)))
    return (0..<autoencoder.featureCount).map { feature in
      Statistics.mean(features.column(feature).map(Double.init)) ?? 0
    }
  }
}

extension InterventionStudy.Substitute {
  /// The name in tables.
  fileprivate var name: String {
    switch self {
    case .zero: "zero"
    case .mean: "mean"
    case .resample: "resample"
    }
  }

  /// What fixes the draws.
  fileprivate var seed: UInt64 {
    if case .resample(let seed) = self { seed } else { 0 }
  }
}
