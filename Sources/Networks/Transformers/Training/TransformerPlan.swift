/// How a transformer is trained.
public struct TransformerPlan: Sendable, Codable, Equatable {
  /// Number of steps.
  public var steps: Int

  /// Sequences of a step.
  public var batch: Int

  /// The step size by step.
  public var learningRate: LearningRate

  /// The decoupled decay of AdamW.
  public var weightDecay: Double

  /// Fixes everything.
  public var seed: UInt64

  /// Describes a training with AdamW: a warm-up over a twentieth of the steps, then a cosine to zero.
  ///
  /// - Parameters:
  ///   - steps: Number of steps.
  ///   - batch: Sequences of a step.
  ///   - rate: The greatest step size.
  ///   - weightDecay: The decoupled decay.
  ///   - seed: Fixes everything.
  public init(
    steps: Int, batch: Int = 64, rate: Double = 3e-3, weightDecay: Double = 0.01, seed: UInt64 = 0
  ) {
    precondition(steps > 0 && batch > 0, "a training has steps and sequences")
    self.steps = steps
    self.batch = batch
    self.weightDecay = weightDecay
    self.seed = seed
    let warmup = steps / 20
    learningRate = LearningRate(
      rate, warmup: warmup, decay: .cosine(end: 0, steps: steps - warmup))
  }
}

/// Why a training of a transformer ended early.
public enum TransformerTrainingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The task has tokens or positions that the transformer has not.
  case unfit(TokenError)

  /// The loss is not a number any more.
  case diverged(step: Int)

  /// What happened and what to do.
  public var description: String {
    switch self {
    case .unfit(let error):
      "the transformer does not fit the task: \(error)"
    case .diverged(let step):
      "the loss is not finite at step \(step); train with a smaller learning rate"
    }
  }
}
