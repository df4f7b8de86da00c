import ArgumentParser
import Limbeck

@main
struct LimbeckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limbeck",
    abstract: "What a trained network has learned, as an equation.",
    subcommands: [])
}
