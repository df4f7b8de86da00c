import Foundation
import Testing

/// A fresh directory, removed at the end.
final class Scratch {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "limbeck-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file into the directory.
  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  /// Writes a file into the directory.
  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: url.appendingPathComponent(name))
  }

  /// Reads a file of the directory.
  func read(_ name: String) throws -> Data {
    try Data(contentsOf: url.appendingPathComponent(name))
  }

  /// Whether there is such a file.
  func contains(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: url.appendingPathComponent(name).path)
  }

  /// The contents of all files below a directory, by path.
  func files(below name: String) throws -> [String: Data] {
    let directory = url.appendingPathComponent(name)
    var contents: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: directory.path) {
      let file = directory.appendingPathComponent(path)
      if (try? file.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile ?? false {
        contents[path] = try Data(contentsOf: file)
      }
    }
    return contents
  }

  /// Runs `limbeck` in the directory.
  func limbeck(_ arguments: String...) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(arguments, in: url)
  }
}
