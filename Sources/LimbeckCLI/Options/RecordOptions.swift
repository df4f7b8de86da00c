import ArgumentParser
import Foundation
import Limbeck

/// What is written about a search while it runs.
struct RecordOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "File that gets a line of JSON for each improvement.", valueName: "file.jsonl"))
  var trace: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Directory that gets curves for TensorBoard.", valueName: "dir"))
  var tensorboard: String?

  /// The option that was given, nil if none.
  var given: String? { trace != nil ? "--trace" : tensorboard != nil ? "--tensorboard" : nil }

  /// Opens the files.
  ///
  /// - Parameters:
  ///   - isContinued: Whether an earlier search goes on, and its trace with it.
  ///   - force: Whether to replace a trace.
  /// - Returns: The record, nil if none is asked for.
  /// - Throws: ``ExistingFile`` for a trace that is there, `FileError` for one that cannot be written.
  func open(isContinued: Bool, force: Bool) throws -> SearchRecord? {
    guard given != nil else { return nil }
    if let trace, !isContinued, !force, FileManager.default.fileExists(atPath: trace) {
      throw ExistingFile(path: trace, option: "--trace")
    }
    return try SearchRecord(trace: trace, curves: tensorboard, isContinued: isContinued)
  }
}
