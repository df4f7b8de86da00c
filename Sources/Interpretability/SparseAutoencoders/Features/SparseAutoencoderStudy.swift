public import Networks
public import PINN
internal import RunStore
internal import Symbolic
public import Tensors

/// Activations of a layer to be taken apart, with the physics at the same samples where it is known.
///
/// ```swift
/// let study = try SparseAutoencoderStudy(of: solution, at: site, solving: problem, threads: 2)
/// let trainer = try SparseAutoencoderTrainer(plan, source: study.source(seed: 1))
/// …
/// let report = try study.report(on: trainer.autoencoder)
/// ```
public struct SparseAutoencoderStudy: Sendable {
  /// The activations.
  public let activations: any ActivationRows

  /// Physical fields by name, one number for each sample; empty where nothing is known.
  public let fields: [(name: String, values: [Double])]

  /// Where the samples lie, one array for each variable; empty where nobody knows.
  public let points: [[Double]]

  /// What a trained autoencoder is worth.
  public struct Report: Sendable {
    /// Reconstruction, sparsity and dead features over all samples.
    public let metrics: DictionaryMetrics

    /// The features' activations, shape `[samples, features]`.
    public let features: Matrix<Float>

    /// What the features go with; nil where no fields are known.
    public let correlation: FieldCorrelation?

    /// The mean largest |r| with the fields of other dictionaries for the same activations.
    public let baselines: [(name: String, meanStrongest: Double)]
  }

  /// Takes the activations of a trained network on a regular grid.
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - site: The layer.
  ///   - problem: The problem that it was trained on, its parameters those that were found.
  ///   - rows: About how many points to take.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: ``ExtractionError`` if there are no points, and `ProgramError` if a formula of the problem
  ///   cannot be compiled.
  public init(
    of solution: TrainedNetwork, at site: ActivationSite, solving problem: Problem,
    rows: Int = 10_000, threads: Int
  ) throws {
    let side = SamplePoints.side(ofAbout: rows, in: problem)
    points = try SamplePoints(gridOf: problem, side: side, threads: threads).coordinates
    let values = SiteActivations(solution, sites: [site], threads: threads).values(at: points)[0]
    activations = Matrix<Float>(
      rows: points[0].count, columns: site.units, elements: values.map(Float.init))
    let known = try FieldValues(problem, threads: threads)
    fields = Array(
      zip(known.fields.map(\.name), known.values(of: solution, at: points)))
  }

  /// Takes activations of any network, of which nothing else is known.
  ///
  /// - Parameter activations: The activations, in a file or in memory.
  public init(_ activations: any ActivationRows) {
    self.activations = activations
    fields = []
    points = []
  }

  /// Batches of the activations in random order.
  ///
  /// - Parameter seed: Fixes the order.
  /// - Returns: What a training draws from.
  /// - Throws: ``ActivationSourceError`` if there are no activations.
  public func source(seed: UInt64) throws(ActivationSourceError) -> ShuffledRows {
    try ShuffledRows(activations, seed: seed)
  }

  /// Measures an autoencoder on all samples.
  ///
  /// - Parameter autoencoder: Trained on these activations.
  /// - Returns: Its metrics, and what its features go with beside what neurons, principal components and
  ///   random directions go with.
  /// - Throws: ``ActivationSourceError`` if the activations cannot be read, or `LinearAlgebraError` if a
  ///   baseline has no decomposition.
  public func report(on autoencoder: SparseAutoencoder) throws -> Report {
    let metrics = try DictionaryMetrics(autoencoder, on: activations)
    var samples = Matrix<Float>(rows: activations.count, columns: activations.width)
    // Only what fits memory is correlated: activations of files have no fields.
    guard !fields.isEmpty else {
      return Report(
        metrics: metrics, features: Matrix(rows: 0, columns: autoencoder.featureCount),
        correlation: nil, baselines: [])
    }
    let rows = activations
    let outcome = samples.withUnsafeMutablePointer { pointer in
      Result { () throws(ActivationSourceError) in try rows.read(0..<rows.count, into: pointer) }
    }
    try outcome.get()
    let features = autoencoder.encode(samples)
    var baselines: [(String, Double)] = []
    let others: [(String, any FeatureDictionary)] = [
      ("neurons", LinearDictionary.neurons(width: samples.columns)),
      (
        "principal components",
        try LinearDictionary.principalComponents(of: samples, count: samples.columns)
      ),
      (
        "random directions",
        try LinearDictionary.randomDirections(
          in: samples, count: autoencoder.featureCount, seed: 0)
      ),
    ]
    for (name, dictionary) in others {
      let mean = FieldCorrelation(dictionary.encode(samples), with: fields).meanStrongest
      if let mean { baselines.append((name, mean)) }
    }
    return Report(
      metrics: metrics, features: features,
      correlation: FieldCorrelation(features, with: fields), baselines: baselines)
  }
}

extension SparseAutoencoderSettings {
  /// The plan of a training on a number of samples.
  ///
  /// Two million samples are seen unless the settings say how many passes to take: what the recovery of
  /// known dictionaries needs (``SuperpositionModel``).
  ///
  /// - Parameters:
  ///   - rows: Number of samples.
  ///   - seed: Fixes everything that is random.
  /// - Returns: The plan.
  public func plan(rows: Int, seed: Int) -> SparseAutoencoderPlan {
    let passes = epochs ?? max(1, (2_000_000 + rows - 1) / rows)
    var plan = SparseAutoencoderPlan(
      sparsity, featureCount: features, samples: passes * rows)
    plan.batchRows = max(1, min(1024, rows))
    plan.learningRate = 3e-3
    plan.normalization = .meanNorm
    plan.seed = UInt64(seed)
    return plan
  }

  private var sparsity: SparseAutoencoderVariant {
    let target = SparsityPenalty.targetL0(Double(active))
    return switch variant {
    case .topK: .topK(TopK(active))
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
