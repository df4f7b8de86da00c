import ArgumentParser
import Limbeck

/// `limbeck train`: trains a network on a recipe and writes a run directory.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train a network on a recipe and write a run directory.",
    discussion: """
      limbeck train Examples/heat/heat.yaml --time 30
      limbeck train Examples/heat/heat.yaml --seeds 1,2,3 --out runs/three

      Writes a run directory, runs/NAME for NAME.yaml unless --out gives another. Ctrl-C saves what \
      there is, and --resume goes on from there, bit by bit as if nothing had happened. With --seeds \
      each seed has a directory of its own below that one, and ensemble.json says how they compare.
      """)

  @Argument(help: "The recipe, a YAML file.")
  var recipe: String

  @Flag(name: .long, help: "Continue from the run's checkpoint.")
  var resume = false

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Seconds of training; overrides the recipe's limits.", valueName: "seconds"))
  var time: Double?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Steps of training; overrides the recipe's limits.", valueName: "n"))
  var steps: Int?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Seeds of several trainings, such as 1...5 or 1,4,9.", valueName: "list"),
    transform: SeedList.init)
  var seeds: SeedList?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Keep the weights about so many times, for studies of training.", valueName: "n"))
  var snapshots = 0

  @OptionGroup var curves: CurveOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try LimitCheck.positive(time, "--time")
    try LimitCheck.atLeast(1, steps, "--steps")
    try LimitCheck.atLeast(0, snapshots, "--snapshots")
    if snapshots > 0 && seeds != nil {
      throw ValidationError("'--snapshots' is for one training, not for '--seeds'.")
    }
    if resume && shared.force {
      throw ValidationError(
        "'--resume' continues a run and '--force' replaces it; use one of them.")
    }
    if seeds != nil && shared.seed != nil {
      throw ValidationError(
        "'--seed' is for one training and '--seeds' for several; use one of them.")
    }
  }

  func run() throws {
    var recipe = try Recipe(self.recipe, shared: shared, time: time, steps: steps)
    let directory = shared.directory(for: self.recipe)
    // A training goes on with its own seed, whether that came from the recipe or the command line.
    if resume, seeds == nil, shared.seed == nil, let begun = try? Recipe(begunIn: directory) {
      recipe.training.seed = begun.training.seed
    }
    if let seeds { return try run(recipe, seeds.seeds, in: directory) }
    let session = try TrainingSession(
      recipe, at: directory, shared: shared, curves: curves.tensorboard, resuming: resume,
      snapshots: snapshots)
    let (summary, path) = try session.finish { try $0.train(shared.console) }
    try Output.write(summary.json, asJSON: shared.json) {
      summary.table + "\n\nresults in \(path)"
    }
    if summary.end == .interrupted { throw ExitCode(Failure.interrupted) }
  }

  private func run(_ recipe: Recipe, _ seeds: [Int], in directory: String) throws {
    let session = EnsembleSession(recipe, at: directory, shared: shared, curves: curves.tensorboard)
    let ensemble = try session.train(seeds, resuming: resume)
    try Output.write(ensemble.json, asJSON: shared.json) {
      ensemble.table + "\n\nresults in \(directory)"
    }
    if Interruption.isRequested { throw ExitCode(Failure.interrupted) }
  }
}
