import Limbeck

/// Trainings of one recipe from several seeds, each in a directory of its own below a common one.
struct EnsembleSession {
  private let recipe: Recipe
  private let path: String
  private let shared: SharedOptions
  private let curves: String?

  /// The file in the common directory that says how the members compare.
  private static let summaryName = "ensemble.json"

  /// Describes the trainings.
  ///
  /// - Parameters:
  ///   - recipe: The recipe; its seed is replaced.
  ///   - path: The common directory.
  ///   - shared: The options.
  ///   - curves: Directory that gets curves for TensorBoard, one below it for each seed.
  init(_ recipe: Recipe, at path: String, shared: SharedOptions, curves: String?) {
    self.recipe = recipe
    self.path = path
    self.shared = shared
    self.curves = curves
  }

  /// Trains one after the other, until all are done or the user asks to stop.
  ///
  /// - Parameters:
  ///   - seeds: The seeds.
  ///   - resuming: Whether to continue those that were begun.
  /// - Returns: How they compare.
  /// - Throws: What a training throws; those before it are kept.
  func train(_ seeds: [Int], resuming: Bool) throws -> Ensemble {
    let console = shared.console
    var ensemble = Ensemble(recipe)
    for seed in seeds where !Interruption.isRequested {
      var member = recipe
      member.training.seed = seed
      let name = "seed-\(seed)"
      let place = "\(path)/\(name)"
      let session = try TrainingSession(
        member, at: place, shared: shared, curves: curves.map { "\($0)/\(name)" },
        resuming: resuming && FileSystem.exists(place))
      console.say("seed \(seed)")
      let (summary, _) = try session.finish { try $0.train(console) }
      console.say(summary.line)
      ensemble.add(seed: seed, session.solution, summary)
    }
    ensemble.measureSpread(threads: shared.threadCount)
    try AtomicFile.write(
      (ensemble.json.text(.indented) + "\n").utf8, to: "\(path)/\(Self.summaryName)")
    return ensemble
  }
}
