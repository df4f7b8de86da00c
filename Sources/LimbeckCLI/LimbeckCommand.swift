import ArgumentParser
import Foundation
import Limbeck

/// The entry point: chooses a command and turns its errors into exit codes.
@main
struct LimbeckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limbeck",
    abstract: "What a trained network has learned, as an equation.",
    discussion: """
      limbeck run Examples/heat/heat.yaml    train, distil and verify: the main job
      limbeck distill data.csv --target y    equations for a column of a table
      """,
    version: limbeckVersion,
    subcommands: [
      RunCommand.self, TrainCommand.self, EvaluateCommand.self, DistillCommand.self,
      ActivationsCommand.self, ProbeCommand.self, PatchCommand.self, CircuitCommand.self,
      CompareCommand.self, SpectrumCommand.self, SparseAutoencoderCommand.self, PlotCommand.self,
      ReportCommand.self, ImportCommand.self, NewCommand.self, DoctorCommand.self,
    ])

  static func main() {
    Interruption.listen()
    do {
      try checkCommandName(CommandLine.arguments.dropFirst())
      var command = try parseAsRoot()
      if command is any SavingCommand { Interruption.expectSaving() }
      try command.run()
    } catch let code as ExitCode {
      Foundation.exit(code.rawValue)
    } catch  where exitCode(for: error) == .success {
      exit(withError: error)
    } catch  where exitCode(for: error) == .validationFailure {
      Failure.exitForUsage(
        message(for: error), command: commandName(CommandLine.arguments.dropFirst()))
    } catch {
      Failure.exit(error)
    }
  }

  /// Refuses the name of a command that there is not; the parser would take it for an argument.
  private static func checkCommandName(_ arguments: ArraySlice<String>) throws {
    var words = arguments
    if words.first == "help" { words.removeFirst() }
    guard let word = words.first, !word.hasPrefix("-"), commandName(words) == nil else { return }
    let hint = Spelling.suggestion(for: word, among: commandNames).map { "Did you mean '\($0)'?" }
    throw ValidationError(
      "Unknown command '\(word)'. " + (hint ?? "Known are \(commandNames.joined(separator: ", ")).")
    )
  }

  private static var commandNames: [String] {
    configuration.subcommands.compactMap { $0.configuration.commandName }
  }

  private static func commandName(_ arguments: ArraySlice<String>) -> String? {
    arguments.first.flatMap { commandNames.contains($0) ? $0 : nil }
  }
}
