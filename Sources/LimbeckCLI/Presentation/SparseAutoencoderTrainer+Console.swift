import Foundation
import Limbeck

extension SparseAutoencoderTrainer {
  /// Training goes on at least so many times as long as the last checkpoint took to write.
  private static let checkpointShare = 50.0

  /// The least seconds between two checkpoints.
  private static let leastInterval = 1.0

  /// Trains to the end or to Ctrl-C, showing the progress.
  ///
  /// - Parameters:
  ///   - console: Where the progress goes.
  ///   - activity: What is done, for the progress.
  ///   - save: Keeps a checkpoint: at once, every second or so, and in the end, so that a training that is
  ///     killed loses little.
  /// - Returns: The seconds that it took.
  /// - Throws: `ActivationSourceError`, or what `save` throws.
  func run(
    _ console: Console, _ activity: String = "training", save: () throws -> Void = {}
  ) throws -> Double {
    func seconds(of save: () throws -> Void) rethrows -> Double {
      let start = Date()
      try save()
      return -start.timeIntervalSinceNow
    }
    var pause = max(Self.leastInterval, Self.checkpointShare * (try seconds(of: save)))
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
      if -lastSave.timeIntervalSinceNow > pause {
        pause = max(Self.leastInterval, Self.checkpointShare * (try seconds(of: save)))
        lastSave = Date()
      }
    }
    console.clearLine()
    let trained = -start.timeIntervalSinceNow
    try save()
    return trained
  }
}
