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
    subcommands: [RunCommand.self, TrainCommand.self, DistillCommand.self, EvaluateCommand.self])

  static func main() {
    Interruption.listen()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let code as ExitCode {
      Foundation.exit(code.rawValue)
    } catch where exitCode(for: error) == .validationFailure || exitCode(for: error) == .success {
      exit(withError: error)
    } catch {
      Failure.exit(error)
    }
  }
}
