/// One line of the training history.
public struct TrainingRecord: Sendable, Equatable {
  /// Number of optimiser steps taken.
  public let step: Int

  /// Seconds of training so far, earlier sessions included.
  public let seconds: Double

  /// The loss: the sum of ``terms``.
  public let loss: Double

  /// Each equation's and condition's share of the loss, in the order of ``Trainer/termNames``.
  public let terms: [Double]

  /// The loss on points that are not trained on.
  public let heldOutLoss: Double

  /// Relative L2 error of each unknown against the exact solution, nil without one.
  public let relativeL2: [Double?]

  /// What a target is compared with: the largest relative error, or without any the loss on points
  /// that are not trained on.
  var error: Double { relativeL2.compactMap { $0 }.max() ?? heldOutLoss }

  /// The method that took the last step.
  public let method: TrainingSettings.OptimizerKind

  /// The optimiser's damping λ, its learning rate, or the length of its last line search.
  public let pace: Double
}

/// Why a training ended.
public enum TrainingEnd: String, Sendable, Codable {
  /// The time was up.
  case time

  /// The number of steps was reached.
  case steps

  /// The target was reached.
  case target

  /// The loss on points that are not trained on stopped falling.
  case patience

  /// No step lowers the loss any more.
  case converged

  /// The user asked to stop.
  case interrupted
}
