import ArgumentParser
import Limbeck

/// `limbeck train`: trains a network on a recipe and writes a run directory.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train a network on a recipe and write a run directory.",
    discussion: """
      Writes a run directory, runs/NAME for NAME.yaml unless --out gives another. Ctrl-C saves what \
      there is, and --resume goes on from there, bit by bit as if nothing had happened.
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

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try LimitCheck.positive(time, "--time")
    try LimitCheck.atLeast(1, steps, "--steps")
    if resume && shared.force {
      throw ValidationError(
        "'--resume' continues a run and '--force' replaces it; use one of them.")
    }
  }

  func run() throws {
    let recipe = try Recipe(self.recipe, shared: shared, time: time, steps: steps)
    let session = try TrainingSession(
      recipe, source: self.recipe, shared: shared, resuming: resume)
    let (summary, path) = try session.finish { try $0.train(shared.console) }
    try Output.write(summary.json, asJSON: shared.json) {
      summary.table + "\n\nresults in \(path)"
    }
    if summary.end == .interrupted { throw ExitCode(Failure.interrupted) }
  }
}
