import ArgumentParser
import Foundation
import Limbeck

/// The exit codes of BSD's sysexits that the commands use; see `man 3 sysexits`.
enum Failure {
  static let usage: Int32 = 64
  static let invalidData: Int32 = 65
  static let noInput: Int32 = 66
  static let computation: Int32 = 70
  static let inputOutput: Int32 = 74
  static let noResult: Int32 = 75
  static let interrupted: Int32 = 130

  /// The exit code that an error of the library calls for.
  static func code(of error: any Error) -> Int32 {
    switch error {
    case let failure as any StoreFailure:
      switch failure.kind {
      case .notFound, .unreadable: noInput
      case .malformed: invalidData
      case .unwritable: inputOutput
      }
    case let error as TrainingError: code(of: error)
    case is NoEquation: noResult
    case is SearchError, is GrammarError, is ParseError, is ProgramError, is ActivationSourceError,
      is SparseAutoencoderError:
      invalidData
    default: computation
    }
  }

  private static func code(of error: TrainingError) -> Int32 {
    switch error {
    case .diverged: computation
    case .measurements(let error): code(of: error as any Error)
    case .invalidEquation, .unsupported, .noColumn, .badRow, .checkpointMismatch: invalidData
    }
  }

  /// Says what went wrong and ends with the code for it.
  static func exit(_ error: any Error) -> Never {
    Console(.normal).fail(String(describing: error))
    Foundation.exit(code(of: error))
  }

  /// Says how a command was misused and where its help is.
  ///
  /// - Parameters:
  ///   - message: What the parser says; its first line is the sentence, whose list may follow.
  ///   - command: The command, nil if none was named.
  static func exitForUsage(_ message: String, command: String?) -> Never {
    let lines = message.split(separator: "\n")
    var sentence = String(lines.first ?? "")
    if sentence.hasSuffix(":") {
      let choices = lines.dropFirst().map { $0.trimmingCharacters(in: .whitespaces) }
        .prefix { $0.hasPrefix("- ") }
      sentence += " " + choices.map { $0.dropFirst(2) }.joined(separator: ", ")
    }
    let name = (["limbeck"] + [command].compactMap { $0 }).joined(separator: " ")
    Console(.normal).fail("\(sentence)\nSee '\(name) --help'.")
    Foundation.exit(usage)
  }
}
