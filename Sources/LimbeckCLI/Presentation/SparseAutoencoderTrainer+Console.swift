import Foundation
import Limbeck

extension SparseAutoencoderTrainer {
  /// Seconds between two checkpoints.
  private static let checkpointInterval = 60.0

  /// Trains to the end or to Ctrl-C, showing the progress.
  ///
  /// - Parameters:
  ///   - console: Where the progress goes.
  ///   - activity: What is done, for the progress.
  ///   - save: Keeps a checkpoint: now and then, and in the end.
  /// - Returns: The seconds that it took.
  /// - Throws: `ActivationSourceError`, or what `save` throws.
  func run(
    _ console: Console, _ activity: String = "training", save: () throws -> Void = {}
  ) throws -> Double {
    let start = Date()
    var lastSave = start
    while !isFinished && !Interruption.isRequested {
      let loss = try advance()
      console.progress {
        ProgressLine(
          activity: activity, fraction: Double(step) / Double(plan.steps),
          details: [
            "step \(step)", "loss \(NumberFormat.short(loss.total))",
            "L0 \(NumberFormat.short(loss.l0))", "dead \(deadCount)",
          ])
      }
      if -lastSave.timeIntervalSinceNow > Self.checkpointInterval {
        try save()
        lastSave = Date()
      }
    }
    console.clearLine()
    let seconds = -start.timeIntervalSinceNow
    try save()
    return seconds
  }
}
