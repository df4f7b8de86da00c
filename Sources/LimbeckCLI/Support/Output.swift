import Foundation
import Limbeck

/// Results on standard output: a table for people, or exactly one JSON document.
enum Output {
  static func write(_ json: JSONValue, asJSON: Bool, table: () -> String) {
    let text = asJSON ? json.text(.indented) : table()
    try? FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
  }
}
