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

  /// Opens the files: one trace of all searches, and a directory of curves for each if there are several.
  ///
  /// - Parameters:
  ///   - targets: What the searches are for.
  ///   - isContinued: Whether earlier searches go on, and their trace with them.
  ///   - force: Whether to replace a trace.
  /// - Returns: A record for each search; none if none is asked for.
  /// - Throws: ``ExistingFile`` for a trace that is there, `FileError` for one that cannot be written.
  func open(
    for targets: [String], isContinued: Bool, force: Bool
  ) throws -> [SearchRecord] {
    guard given != nil else { return [] }
    if let trace, !isContinued, !force, FileManager.default.fileExists(atPath: trace) {
      throw ExistingFile(path: trace, option: "--trace")
    }
    let log = try trace.map { try JSONLog($0, isContinued: isContinued) }
    return try targets.map { target in
      let place = tensorboard.map { targets.count > 1 ? "\($0)/\(target)" : $0 }
      return SearchRecord(
        of: target, trace: log, curves: try place.map { try TensorBoardLog(directory: $0) })
    }
  }
}
