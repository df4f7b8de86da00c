import Foundation
import RunStore

import Reporting

/// A run directory that is removed at the end.
final class RunFolder {
  let url: URL

  /// Writes the files of a run.
  init(_ files: [RunFile: [UInt8]]) throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "reporting-\(UUID().uuidString)")
    let directory = try RunDirectory.create(at: url.path)
    for (file, bytes) in files { try directory.write(bytes, as: file) }
    if !files.keys.contains(.recipe) {
      try directory.commit(Manifest(version: "0.1.0", seed: 7, instructionSet: "baseline"))
    }
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// What the run holds.
  func results() throws -> RunResults {
    try RunResults(try RunDirectory.open(url.path, for: .reading))
  }
}
