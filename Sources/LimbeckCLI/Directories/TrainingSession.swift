import Limbeck

/// A run directory being written: opened, trained in, and committed or given up as a whole.
struct TrainingSession {
  /// Where the files are written until the session is finished.
  let directory: RunDirectory

  /// The training.
  let run: TrainingRun

  private let manifest: Manifest

  /// Opens a run directory.
  ///
  /// - Parameters:
  ///   - recipe: The recipe.
  ///   - path: The directory.
  ///   - shared: The options.
  ///   - curves: Directory that gets curves for TensorBoard, if any.
  ///   - resuming: Whether to continue from a checkpoint.
  ///   - snapshots: About how many times the weights are kept, 0 for never.
  /// - Throws: What `RunDirectory` and `TrainingRun` throw.
  init(
    _ recipe: Recipe, at path: String, shared: SharedOptions, curves: String?, resuming: Bool,
    snapshots: Int = 0
  ) throws {
    directory =
      resuming
      ? try RunDirectory.open(path, for: .writing)
      : try RunDirectory.create(at: path, replacing: shared.force)
    manifest = Manifest(
      version: limbeckVersion, seed: recipe.training.seed,
      instructionSet: InstructionSet.current.name)
    do {
      run = try TrainingRun(
        recipe, in: directory, resuming: resuming,
        curves: try curves.map { try TensorBoardLog(directory: $0) }, snapshots: snapshots,
        threads: shared.threadCount)
    } catch {
      try? directory.abandon()
      throw error
    }
  }

  /// The network as trained so far.
  var solution: TrainedNetwork { run.trainer.solution }

  /// Trains, showing the progress.
  func train(_ console: Console) throws -> TrainingSummary {
    let trainer = run.trainer
    for warning in run.trainer.recipe.problem.warnings { console.say("warning: \(warning)") }
    console.say(
      "training \(trainer.checkpoint.parameters.count) parameters, \(trainer.plan.title)"
        + (trainer.planReason.map { " (chosen: \($0))" } ?? ""))
    console.detail(
      "seed \(trainer.recipe.training.seed), \(InstructionSet.current.name) instructions, "
        + "files in \(directory.path)")
    var meter = TrainingMeter(trainer)
    let summary = try run.run(
      shouldStop: { Interruption.isRequested },
      report: { record in
        let line = meter.line(record)
        console.progress { line }
      })
    console.clearLine()
    return summary
  }

  /// Does the session's work and keeps all of its results, or none if it fails; of a training that
  /// diverged, its best network.
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
    } catch let error as TrainingError where run.isKept {
      let final = try directory.commit(manifest)
      Console(.normal).say("the best network before the training diverged is kept in \(final.path)")
      throw error
    } catch {
      try? directory.abandon()
      throw error
    }
  }
}
