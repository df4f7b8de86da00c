public import RunStore

/// A network's weights at several steps of its training, for studies of how it learned.
///
/// Steps are spaced geometrically, from the initial weights on: most of what is learned is learned early.
/// When there are more than wanted, they are thinned out evenly, the first and the last kept.
public struct WeightSnapshots: Sendable, Equatable {
  /// The weights, in the order of training.
  public private(set) var snapshots: [Snapshot] = []

  private let limit: Int

  /// Weights at one step.
  public struct Snapshot: Sendable, Equatable {
    /// Number of optimiser steps taken.
    public let step: Int

    /// Seconds of training so far.
    public let seconds: Double

    /// The flat parameters, those of the network first.
    public let parameters: [Double]
  }

  /// The ratio of steps between snapshots; ten thousand steps make about a hundred.
  private static let ratio = 1.1

  /// Begins without weights.
  ///
  /// - Parameter limit: About how many snapshots to keep.
  init(limit: Int) { self.limit = limit }

  /// Trains and keeps the weights on the way.
  ///
  /// - Parameters:
  ///   - trainer: The training.
  ///   - limit: About how many snapshots to keep.
  /// - Throws: What `Trainer.run` throws.
  public init(training trainer: Trainer, limit: Int) throws {
    var kept = WeightSnapshots(limit: limit)
    _ = try trainer.run(shouldStop: {
      kept.take(trainer.checkpoint)
      return false
    })
    kept.end(with: trainer.checkpoint)
    self = kept
  }

  /// Keeps the weights if it is time for it.
  mutating func take(_ checkpoint: Checkpoint) {
    let next = snapshots.last.map { max($0.step + 1, Int(Double($0.step) * Self.ratio)) } ?? 0
    if checkpoint.step >= next { append(checkpoint) }
  }

  /// Keeps the last weights and thins out.
  mutating func end(with checkpoint: Checkpoint) {
    if snapshots.last?.step != checkpoint.step { append(checkpoint) }
    let (count, last) = (max(2, limit), snapshots.count - 1)
    guard last >= count else { return }
    snapshots = (0..<count).map { snapshots[$0 * last / (count - 1)] }
  }

  private mutating func append(_ checkpoint: Checkpoint) {
    snapshots.append(
      Snapshot(
        step: checkpoint.step, seconds: checkpoint.seconds, parameters: checkpoint.parameters))
  }

  /// The file's contents: `steps` `[n]`, `seconds` `[n]`, `parameters` `[n, weights]`.
  var safetensors: SafetensorsFile {
    let weights = snapshots.first?.parameters.count ?? 0
    return SafetensorsFile(
      tensors: [
        "steps": StoredTensor(snapshots.map { Double($0.step) }, shape: [snapshots.count]),
        "seconds": StoredTensor(snapshots.map(\.seconds), shape: [snapshots.count]),
        "parameters": StoredTensor(
          snapshots.flatMap(\.parameters), shape: [snapshots.count, weights]),
      ], metadata: ["format": "limbeck snapshots"])
  }

  /// Reads the weights that a training kept.
  ///
  /// - Parameter directory: The run.
  /// - Throws: ``SnapshotError`` if the run kept none or the file is damaged, or a `StoreFailure`.
  public init(in directory: RunDirectory) throws {
    try self.init(in: directory, limit: .max)
  }

  init(in directory: RunDirectory, limit: Int) throws {
    let name = RunFile.checkpoint("snapshots.safetensors")
    guard directory.contains(name) else { throw SnapshotError.none(run: directory.path) }
    let path = try directory.path(of: name)
    let file = try SafetensorsFile(contentsOf: path)
    guard let steps = file.tensors["steps"]?.doubles,
      let seconds = file.tensors["seconds"]?.doubles,
      let parameters = file.tensors["parameters"], parameters.shape.count == 2,
      parameters.shape[0] == steps.count, seconds.count == steps.count, !steps.isEmpty
    else { throw SnapshotError.malformed(path: path) }
    let (numbers, weights) = (parameters.doubles, parameters.shape[1])
    self.limit = limit
    snapshots = steps.indices.map { index in
      Snapshot(
        step: Int(steps[index]), seconds: seconds[index],
        parameters: Array(numbers[index * weights..<(index + 1) * weights]))
    }
  }
}

/// Why there are no weights over training.
public enum SnapshotError: StoreFailure, Equatable {
  /// The training kept none.
  case none(run: String)

  /// The file is none of weights.
  case malformed(path: String)

  /// The kind of failure, for an exit code.
  public var kind: FailureKind { .malformed }

  /// What was found, and what to do.
  public var description: String {
    switch self {
    case .none(let run):
      "\(run) holds no weights over training; train with --snapshots 60 to keep them"
    case .malformed(let path):
      "\(path): not a file of weights over training, or a damaged one; train anew with --snapshots"
    }
  }
}
