import Foundation
import Limbeck

/// A file of one JSON document a line, which grows as a benchmark runs.
struct ResultFile {
  private let handle: FileHandle

  /// Starts a file, in the place of an earlier one.
  ///
  /// - Parameter path: The file.
  /// - Throws: `FileError` if the file cannot be written.
  init(path: String) throws {
    try AtomicFile.write([], to: path)
    handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }

  /// Adds a line.
  ///
  /// - Parameter document: What the line says.
  /// - Throws: An error of the file system.
  func append(_ document: JSONValue) throws {
    try handle.write(contentsOf: Data((document.text() + "\n").utf8))
  }
}
