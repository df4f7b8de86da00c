/// What a sparse autoencoder is to be and how it is trained.
///
/// ```swift
/// var plan = SparseAutoencoderPlan(.topK(TopK(8)), featureCount: 512, samples: 2_000_000)
/// plan.learningRate = 3e-3
/// ```
public struct SparseAutoencoderPlan: Sendable, Codable, Equatable {
  /// How it is made sparse.
  public var variant: SparseAutoencoderVariant

  /// Number of features.
  public var featureCount: Int

  /// Samples that the training sees, counting repetitions.
  public var samples: Int

  /// Rows of a batch.
  public var batchRows = 1024

  /// The learning rate of Adam between its growth and its fall.
  public var learningRate = 1e-3

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
  }

  /// Steps of the whole training.
  public var steps: Int { max(1, samples / batchRows) }
}
