import Foundation
import Limbeck

/// Results on standard output: a table for people, or exactly one JSON document.
enum Output {
  /// Prints a result.
  ///
  /// - Throws: `FileError` if standard output takes no more, such as a full disk.
  static func write(_ json: JSONValue, asJSON: Bool, table: () -> String) throws {
    let text = asJSON ? json.text(.indented) : table()
    do {
      try FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
    } catch {
      throw FileError.unwritable(path: "standard output", reason: SystemReason(code: errno))
    }
  }
}
