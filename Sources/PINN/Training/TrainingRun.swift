internal import Dispatch
internal import Foundation
public import RunStore

/// A training whose progress is kept in a run directory.
///
/// The recipe is written first, the history row by row, a checkpoint every few seconds and when the
/// training ends or is interrupted, and the network last. Whoever calls commits the directory.
public struct TrainingRun {
  /// The training.
  public let trainer: Trainer

  private let directory: RunDirectory
  private let history: HistoryLog

  /// Seconds between checkpoints.
  private static let checkpointInterval = 5.0

  /// The file of the checkpoint.
  private static let checkpointFile = RunFile.checkpoint("state.json")

  /// Starts or resumes a training.
  ///
  /// - Parameters:
  ///   - recipe: The recipe.
  ///   - directory: A directory opened for writing.
  ///   - resuming: Whether to continue from the directory's checkpoint.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: `TrainingError`, ``CheckpointError`` or `FileError`.
  public init(
    _ recipe: Recipe, in directory: RunDirectory, resuming: Bool, threads: Int
  ) throws {
    self.directory = directory
    var checkpoint: Checkpoint?
    if resuming {
      let path = try directory.path(of: Self.checkpointFile)
      let bytes = try directory.read(Self.checkpointFile)
      do {
        checkpoint = try Checkpoint(parsing: bytes)
      } catch {
        throw CheckpointError.malformed(path: path)
      }
    }
    trainer = try Trainer(recipe, threads: threads, resuming: checkpoint)
    try directory.write(recipe.yaml.utf8, as: .recipe)
    let errors = recipe.problem.unknowns.map { "relative_l2_\($0)" }
    history = try HistoryLog(
      path: try directory.path(of: .history),
      columns: ["seconds", "loss", "held_out_loss", "damping_or_rate"]
        + trainer.termNames
        .map { $0.replacing(" ", with: "_") } + errors,
      resumingAfter: checkpoint.map { $0.step - $0.step % recipe.training.recordInterval })
  }

  /// Trains, and writes the network.
  ///
  /// - Parameters:
  ///   - shouldStop: Asked before each step, such as for Ctrl-C.
  ///   - report: Receives each record.
  /// - Returns: What was achieved.
  /// - Throws: `TrainingError`, or `FileError` if a file cannot be written.
  public func run(
    shouldStop: () -> Bool, report: (TrainingRecord) -> Void
  ) throws -> TrainingSummary {
    var lastSaved = DispatchTime.now().uptimeNanoseconds
    let unknowns = trainer.recipe.problem.unknowns.count
    let end = try trainer.run(
      report: { record in
        let errors = (0..<unknowns).map { index -> Double in
          (index < record.relativeL2.count ? record.relativeL2[index] : nil) ?? .nan
        }
        try history.append(
          step: record.step,
          [record.seconds, record.loss, record.heldOutLoss, record.pace] + record.terms + errors)
        report(record)
        let now = DispatchTime.now().uptimeNanoseconds
        if Double(now - lastSaved) * 1e-9 >= Self.checkpointInterval {
          lastSaved = now
          try save()
        }
      }, shouldStop: shouldStop)
    try save()
    try trainer.solution.safetensors.write(to: try directory.path(of: .model))
    return trainer.summary(end)
  }

  private func save() throws {
    try history.synchronize()
    try directory.write(try trainer.checkpoint.encoded, as: Self.checkpointFile)
  }
}

/// What can be wrong with a stored checkpoint.
public enum CheckpointError: StoreFailure, Equatable {
  /// The file is not a checkpoint.
  case malformed(path: String)

  /// A checkpoint that cannot be read breaks the rules of its format.
  public var kind: FailureKind { .malformed }

  /// What was found, where, and what to do.
  public var description: String {
    switch self {
    case .malformed(let path):
      "\(path): not a checkpoint, or a damaged one; start anew with --force"
    }
  }
}
