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
  private let curves: TensorBoardLog?
  private let snapshotCount: Int

  /// Seconds between checkpoints.
  private static let checkpointInterval = 5.0

  /// The file of the checkpoint.
  private static let checkpointFile = RunFile.checkpoint("state.json")

  /// The file of the weights over training.
  private static let snapshotFile = RunFile.checkpoint("snapshots.safetensors")

  /// Starts or resumes a training.
  ///
  /// - Parameters:
  ///   - recipe: The recipe.
  ///   - directory: A directory opened for writing.
  ///   - resuming: Whether to continue from the directory's checkpoint.
  ///   - curves: What gets the history's columns for TensorBoard, if anything.
  ///   - snapshots: About how many times the weights are kept as training goes on; see
  ///     ``WeightSnapshots``.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: `TrainingError`, ``CheckpointError`` or `FileError`.
  public init(
    _ recipe: Recipe, in directory: RunDirectory, resuming: Bool, curves: TensorBoardLog? = nil,
    snapshots: Int = 0, threads: Int
  ) throws {
    self.directory = directory
    self.curves = curves
    snapshotCount = snapshots
    var checkpoint: Checkpoint?
    if resuming {
      guard directory.contains(Self.checkpointFile) else {
        throw CheckpointError.none(directory: directory.path)
      }
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
      resumingAfter: checkpoint?.recordedStep)
  }

  /// Trains, and writes the network.
  ///
  /// A training that diverges after it has seen something better leaves that as its network and
  /// checkpoint; ``isKept`` tells.
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
    var interval = Self.checkpointInterval
    var snapshots = try storedSnapshots
    do {
      let end = try trainer.run(
        report: { record in
          try write(record)
          report(record)
          let now = DispatchTime.now().uptimeNanoseconds
          if Double(now - lastSaved) * 1e-9 >= interval {
            try save()
            lastSaved = DispatchTime.now().uptimeNanoseconds
            // A large state is saved less often, so that it takes a small part of the time.
            interval = max(Self.checkpointInterval, 20e-9 * Double(lastSaved - now))
          }
        },
        shouldStop: {
          snapshots?.take(trainer.checkpoint)
          return shouldStop()
        })
      try finish()
      if var snapshots {
        snapshots.end(with: trainer.checkpoint)
        try directory.write(snapshots.safetensors.serialized, as: Self.snapshotFile)
      }
      return trainer.summary(end)
    } catch let error as TrainingError {
      if trainer.returnToBest() { try finish() }
      throw error
    }
  }

  /// Whether the directory holds a network, if only the best one before a training diverged.
  public var isKept: Bool { directory.contains(.model) }

  /// The weights that an earlier session kept, or none yet; nil if none are to be kept.
  private var storedSnapshots: WeightSnapshots? {
    get throws {
      guard snapshotCount > 0 else { return nil }
      guard trainer.checkpoint.step > 0, directory.contains(Self.snapshotFile) else {
        return WeightSnapshots(limit: snapshotCount)
      }
      return try WeightSnapshots(in: directory, limit: snapshotCount)
    }
  }

  private func finish() throws {
    try save()
    try trainer.solution.safetensors.write(to: try directory.path(of: .model))
  }

  private func save() throws {
    try history.synchronize()
    try directory.write(try trainer.checkpoint.encoded, as: Self.checkpointFile)
  }

  private func write(_ record: TrainingRecord) throws {
    let errors = trainer.recipe.problem.unknowns.indices.map { index -> Double in
      (index < record.relativeL2.count ? record.relativeL2[index] : nil) ?? .nan
    }
    let values =
      [record.seconds, record.loss, record.heldOutLoss, record.pace] + record.terms + errors
    try history.append(step: record.step, values)
    try curves?.append(
      step: record.step,
      zip(history.columns, values).filter { $0.1.isFinite }.map { (name: $0.0, value: $0.1) })
  }
}

/// What can be wrong with a stored checkpoint.
public enum CheckpointError: StoreFailure, Equatable {
  /// The file is not a checkpoint.
  case malformed(path: String)

  /// Nothing was kept yet.
  case none(directory: String)

  /// The kind of failure, for an exit code.
  public var kind: FailureKind {
    switch self {
    case .malformed: .malformed
    case .none: .notFound
    }
  }

  /// What was found, where, and what to do.
  public var description: String {
    switch self {
    case .malformed(let path):
      "\(path): not a checkpoint of this version, or a damaged one; start anew with --force"
    case .none(let directory):
      "\(directory): no training got as far as a checkpoint here; start anew with --force"
    }
  }
}
