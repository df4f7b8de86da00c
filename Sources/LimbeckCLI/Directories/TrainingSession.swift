import Foundation
import Limbeck

/// A run directory being written: opened, trained in, and committed or given up as a whole.
struct TrainingSession {
  /// Where the files are written until the session is finished.
  let directory: RunDirectory

  private let run: TrainingRun
  private let manifest: Manifest

  /// Opens a run directory.
  ///
  /// - Parameters:
  ///   - recipe: The recipe.
  ///   - source: The recipe's file, whose name the directory has unless `--out` gives another.
  ///   - shared: The options.
  ///   - resuming: Whether to continue from a checkpoint.
  /// - Throws: What `RunDirectory` and `TrainingRun` throw.
  init(_ recipe: Recipe, source: String, shared: SharedOptions, resuming: Bool) throws {
    let name = URL(fileURLWithPath: source).deletingPathExtension().lastPathComponent
    let path = shared.out ?? "runs/\(name)"
    directory =
      resuming
      ? try RunDirectory.open(path, for: .writing)
      : try RunDirectory.create(at: path, replacing: shared.force)
    manifest = Manifest(
      version: limbeckVersion, seed: recipe.training.seed,
      instructionSet: InstructionSet.current.name)
    do {
      run = try TrainingRun(
        recipe, in: directory, resuming: resuming, threads: shared.threadCount)
    } catch {
      try? directory.abandon()
      throw error
    }
  }

  /// The network as trained so far.
  var solution: TrainedNetwork { run.trainer.solution }

  /// Trains, showing the progress.
  func train(_ console: Console) throws -> TrainingSummary {
    console.say(
      "training \(run.trainer.network.parameterCount) parameters, "
        + "\(run.trainer.recipe.training.optimizer.title)")
    console.detail(
      "seed \(run.trainer.recipe.training.seed), \(InstructionSet.current.name) instructions, "
        + "files in \(directory.path)")
    var meter = TrainingMeter(run.trainer.recipe.training)
    let summary = try run.run(
      shouldStop: { Interruption.isRequested },
      report: { record in
        let line = meter.line(record)
        console.progress { line }
      })
    console.clearLine()
    return summary
  }

  /// Does the session's work and keeps all of its results, or none if it fails.
  ///
  /// - Parameter work: What writes the results.
  /// - Returns: What `work` returned, and the directory's path.
  /// - Throws: What `work` throws, or `FileError` if the results cannot be put in place.
  func finish<Result>(
    _ work: (TrainingSession) throws -> Result
  ) throws -> (result: Result, path: String) {
    do {
      let result = try work(self)
      let final = try directory.commit(manifest)
      return (result, final.path)
    } catch {
      try? directory.abandon()
      throw error
    }
  }
}
