import Foundation
import Testing

/// A command that must fail, and how.
struct BadInput: CustomTestStringConvertible {
  let name: String
  var files: [String: [UInt8]] = [:]
  let arguments: [String]
  let status: Int32

  /// All of standard error, without `error: ` and the last line's end; `$PWD` is the directory.
  let sentence: String

  var testDescription: String { name }

  /// A recipe that cannot be trained.
  static func recipe(_ name: String, _ text: String, _ sentence: String) -> BadInput {
    BadInput(
      name: name, files: ["r.yaml": Array(text.utf8)],
      arguments: ["train", "r.yaml", "--out", "run"], status: 65, sentence: "r.yaml:" + sentence)
  }

  /// A recipe with one part that is wrong.
  static func recipe(
    _ name: String, replacing part: String, with other: String, _ sentence: String
  ) -> BadInput {
    recipe(name, HeatRecipe.replacing(part, with: other), sentence)
  }

  /// A table that cannot be distilled.
  static func table(
    _ name: String, _ text: String, _ sentence: String, options: [String] = [], status: Int32 = 65
  ) -> BadInput {
    BadInput(
      name: name, files: ["data.csv": Array(text.utf8)],
      arguments: ["distill", "data.csv"] + options, status: status, sentence: sentence)
  }

  /// What the command is to end with: nothing but the sentence, of at most two lines.
  var refusal: CommandLineTool.Outcome {
    CommandLineTool.Outcome(status: status, output: "", errors: "error: \(sentence)\n")
  }

  /// Runs the command in a directory of its own, which its words call `$PWD`.
  func outcome() throws -> CommandLineTool.Outcome {
    let scratch = try Scratch()
    for (path, bytes) in files { try scratch.write(bytes, to: path) }
    let outcome = try CommandLineTool.run(arguments + ["--quiet"], in: scratch.url)
    return CommandLineTool.Outcome(
      status: outcome.status, output: outcome.output,
      errors: outcome.errors.replacing(scratch.url.path, with: "$PWD"))
  }
}
