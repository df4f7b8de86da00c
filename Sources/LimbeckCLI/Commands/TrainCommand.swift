import ArgumentParser
import Limbeck

/// `limbeck train`: trains a network on a recipe and writes a run directory.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train a network on a recipe and write a run directory.")

  @Argument(help: "The recipe, a YAML file.")
  var recipe: String

  @Flag(name: .long, help: "Continue from the run's checkpoint.")
  var resume = false

  @Option(name: .long, help: "Seconds of training; overrides the recipe's limits.")
  var time: Double?

  @Option(name: .long, help: "Steps of training; overrides the recipe's limits.")
  var steps: Int?

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try LimitCheck.positive(time, "--time")
    try LimitCheck.positive(steps, "--steps")
    if resume && shared.force {
      throw ValidationError("'--resume' continues a run and '--force' replaces it; use one of them.")
    }
  }

  func run() throws {
    let console = shared.console
    let recipe = try Recipe(self.recipe, shared: shared, time: time, steps: steps)
    let session = try TrainingSession(
      recipe, source: self.recipe, shared: shared, resuming: resume)
    let (summary, _) = try session.finish { try $0.train(console) }
    Output.write(summary.json, asJSON: shared.json) { summary.table }
    if summary.end == .interrupted { throw ExitCode(Failure.interrupted) }
  }
}
