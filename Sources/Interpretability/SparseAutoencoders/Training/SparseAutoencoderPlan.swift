/// What a sparse autoencoder is to be and how it is trained.
///
/// ```swift
/// var plan = SparseAutoencoderPlan(.topK(TopK(8)), featureCount: 512, samples: 2_000_000)
/// plan.normalization = .meanNorm
/// ```
public struct SparseAutoencoderPlan: Sendable, Codable, Equatable {
  /// How it is made sparse.
  public var variant: SparseAutoencoderVariant

  /// Number of features.
  public var featureCount: Int

  /// Samples that the training sees, counting repetitions.
  public var samples: Int

  /// Rows of a batch.
  public var batchRows = 256

  /// The learning rate of Adam between its growth and its fall.
  ///
  /// Unless it is set, 0.003, and for more than 512 features in proportion to one over the root of their
  /// number, as Gao et al. (2024),
  /// [doi:10.48550/arXiv.2406.04093](https://doi.org/10.48550/arXiv.2406.04093), find it best.
  public var learningRate: Double

  /// How the learning rate grows and falls.
  public var schedule = TrainingSchedule(warmup: 0.02, decay: 0.3)

  /// The share of the steps over which the penalty grows to its full strength.
  public var penaltyWarmup = 0.1

  /// Whether the encoder is the decoder.
  public var isTied = false

  /// What is done to the activations before; the trained weights undo it.
  public var normalization = Normalization.none

  /// What the training starts with.
  public var initialization = Initialization()

  /// How long the decoder's rows are.
  public var decoderNorm = DecoderNorm.unit

  /// What becomes of features that are never active.
  public var revival = Revival()

  /// The largest norm of a gradient, to which a longer one is shortened; nil for any.
  public var gradientLimit: Double?

  /// Fixes everything that is random.
  public var seed: UInt64 = 1

  /// How long the decoder's rows are.
  public enum DecoderNorm: String, Sendable, Codable {
    /// One: gradients lose their part along the row, and rows are scaled back after each step.
    case unit

    /// Whatever training makes of them.
    case free
  }

  /// Plans a training.
  ///
  /// - Parameters:
  ///   - variant: How the autoencoder is made sparse.
  ///   - featureCount: Number of features.
  ///   - samples: Samples that the training sees, counting repetitions.
  public init(_ variant: SparseAutoencoderVariant, featureCount: Int, samples: Int) {
    self.variant = variant
    self.featureCount = featureCount
    self.samples = samples
    learningRate = 3e-3 * min(1, (512 / Double(max(1, featureCount))).squareRoot())
  }

  /// Steps of the whole training.
  public var steps: Int { max(1, samples / batchRows) }
}
