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
    /// The autoencoder.
    public let dictionary: MeasuredDictionary

    /// The features' activations, shape `[samples, features]`; no samples where no physics is known.
    public let features: Matrix<Float>

    /// What the reconstruction leaves of the solution, if there is one.
    public let splice: SplicedPhysics?

    /// Other dictionaries for the same activations.
    public let baselines: [MeasuredDictionary]

    /// Reconstruction, sparsity and dead features over all samples.
    public var metrics: DictionaryMetrics { dictionary.metrics }

    /// What the physics says of the features; nil where it is not known.
    public var figures: DictionaryPhysics? { dictionary.physics }
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
  ///   - baselines: What to measure beside it.
  /// - Returns: Its metrics and the physics.
  /// - Throws: ``ActivationSourceError`` if the activations cannot be read, or `LinearAlgebraError` if a
  ///   baseline has no decomposition.
  public func report(
    on autoencoder: SparseAutoencoder, beside baselines: [FeatureBaseline] = []
  ) throws -> Report {
    let metrics = try DictionaryMetrics(autoencoder, on: activations)
    let splice = physics?.splice(autoencoder)
    return Report(
      dictionary: MeasuredDictionary(
        name: "sparse autoencoder", metrics: metrics,
        physics: splice.flatMap { physics?.figures(of: autoencoder, $0.reconstruction) },
        featureCount: autoencoder.featureCount),
      features: physics.map { autoencoder.encode($0.activations) }
        ?? Matrix(rows: 0, columns: autoencoder.featureCount),
      splice: splice, baselines: try measure(baselines, beside: metrics))
  }

  private func measure(
    _ baselines: [FeatureBaseline], beside metrics: DictionaryMetrics
  ) throws -> [MeasuredDictionary] {
    // Of samples that are all the same there are no directions.
    guard !baselines.isEmpty, metrics.explainedVariance.value != nil else { return [] }
    let fit = try BaselineFit(activations)
    return try baselines.map { baseline in
      // Of more random directions than may be active, only the physics asks for the codes.
      let dictionary = try fit.dictionary(
        baseline,
        featureCount: physics == nil ? BaselineFit.active(metrics.l0) : metrics.densities.count)
      let sparse = try fit.sparse(dictionary, baseline, l0: metrics.l0)
      return MeasuredDictionary(
        name: baseline.name, metrics: try DictionaryMetrics(sparse, on: activations),
        physics: physics?.figures(of: dictionary, sparse, named: baseline.name),
        featureCount: physics == nil ? sparse.featureCount : dictionary.featureCount)
    }
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
