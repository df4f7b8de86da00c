public import PINN
public import Tensors

/// Activations of a layer to be taken apart, with the physics around the layer where it is known.
///
/// ```swift
/// let physics = try LayerPhysics(of: solution, at: site, solving: problem, threads: 2)
/// let study = SparseAutoencoderStudy(physics)
/// let trainer = try SparseAutoencoderTrainer(plan, source: study.source(seed: 1))
/// …
/// let report = try study.report(on: trainer.autoencoder, beside: FeatureBaseline.allCases)
/// ```
public struct SparseAutoencoderStudy: Sendable {
  /// The activations.
  public let activations: any ActivationRows

  /// The physics; nil where nothing is known.
  public let physics: LayerPhysics?

  /// What a trained autoencoder is worth.
  public struct Report: Sendable {
    /// Reconstruction, sparsity and dead features over all samples.
    public let metrics: DictionaryMetrics

    /// The features' activations, shape `[samples, features]`; no samples where no physics is known.
    public let features: Matrix<Float>

    /// What the reconstruction leaves of the solution, if there is one.
    public let splice: SplicedPhysics?

    /// What the physics says of the features; nil where it is not known.
    public let figures: DictionaryPhysics?

    /// The same of other dictionaries for the same activations.
    public let baselines: [DictionaryPhysics]
  }

  /// Takes a layer of a trained network.
  ///
  /// - Parameter physics: The layer, with what is known around it.
  public init(_ physics: LayerPhysics) {
    activations = physics.activations
    self.physics = physics
  }

  /// Takes activations of any network, of which nothing else is known.
  ///
  /// - Parameter activations: The activations, in a file or in memory.
  public init(_ activations: any ActivationRows) {
    self.activations = activations
    physics = nil
  }

  /// Batches of the activations in random order.
  ///
  /// - Parameter seed: Fixes the order.
  /// - Returns: What a training draws from.
  /// - Throws: ``ActivationSourceError`` if there are no activations.
  public func source(seed: UInt64) throws(ActivationSourceError) -> ShuffledRows {
    try ShuffledRows(activations, seed: seed)
  }

  /// The plan of a training on the activations.
  ///
  /// Activations of physical networks lie near a few directions. Whitened, the weak ones count like the
  /// strong: fewer features die, and the reconstruction leaves more of the solution.
  ///
  /// - Parameters:
  ///   - settings: What the autoencoder is to be.
  ///   - seed: Fixes everything that is random.
  ///   - l0: Features to be active on average, where a penalty sees to it; nil for the settings' number.
  /// - Returns: The plan.
  public func plan(
    _ settings: SparseAutoencoderSettings, seed: Int, l0: Double? = nil
  ) -> SparseAutoencoderPlan {
    var plan = settings.plan(rows: activations.count, seed: seed, l0: l0)
    if physics != nil { plan.normalization = .whitened }
    return plan
  }

  /// Measures an autoencoder on all samples.
  ///
  /// - Parameters:
  ///   - autoencoder: Trained on these activations.
  ///   - baselines: What to measure beside it, where the physics is known.
  /// - Returns: Its metrics and the physics.
  /// - Throws: ``ActivationSourceError`` if the activations cannot be read, or `LinearAlgebraError` if a
  ///   baseline has no decomposition.
  public func report(
    on autoencoder: SparseAutoencoder, beside baselines: [FeatureBaseline] = []
  ) throws -> Report {
    let metrics = try DictionaryMetrics(autoencoder, on: activations)
    guard let physics else {
      return Report(
        metrics: metrics, features: Matrix(rows: 0, columns: autoencoder.featureCount),
        splice: nil, figures: nil, baselines: [])
    }
    let splice = physics.splice(autoencoder)
    return Report(
      metrics: metrics, features: autoencoder.encode(physics.activations), splice: splice,
      figures: physics.figures(of: autoencoder, metrics, splice.reconstruction),
      baselines: try baselines.map {
        try physics.figures(of: $0, featureCount: autoencoder.featureCount, l0: metrics.l0)
      })
  }
}

extension SparseAutoencoderSettings {
  /// The plan of a training on a number of samples.
  ///
  /// Two million samples are seen unless the settings say how many passes to take: what the recovery of
  /// known dictionaries needs (`SuperpositionModel`).
  ///
  /// - Parameters:
  ///   - rows: Number of samples.
  ///   - seed: Fixes everything that is random.
  ///   - l0: Features to be active on average, where a penalty sees to it; nil for ``active``.
  /// - Returns: The plan.
  public func plan(rows: Int, seed: Int, l0: Double? = nil) -> SparseAutoencoderPlan {
    let passes = epochs ?? max(1, (2_000_000 + rows - 1) / rows)
    var plan = SparseAutoencoderPlan(
      sparsity(l0: l0 ?? Double(active)), featureCount: features, samples: passes * rows)
    plan.batchRows = max(1, min(plan.batchRows, rows))
    plan.normalization = .meanNorm
    plan.seed = UInt64(seed)
    return plan
  }

  private func sparsity(l0: Double) -> SparseAutoencoderVariant {
    let target = SparsityPenalty.targetL0(l0)
    return switch variant {
    case .topK: .topK(TopK(active))
    case .absTopK: .absTopK(AbsTopK(active))
    case .batchTopK: .batchTopK(BatchTopK(active))
    case .jumpReLU: .jumpReLU(JumpReLU(target))
    case .gated: .gated(Gated(target))
    case .l1: .relu(PenalizedReLU(target))
    case .matryoshka:
      .matryoshka(
        Matryoshka(
          active,
          ends: Set([features / 8, features / 4, features / 2, features])
            .filter { $0 > 0 }.sorted()))
    }
  }
}
