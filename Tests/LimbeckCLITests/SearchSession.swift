import Foundation
import Testing

/// A search on a terminal.
final class SearchSession {
  let terminal: PseudoTerminal
  let command: RunningCommand
  private let scratch: Scratch

  /// A line with so much noise that no formula explains all of it: nothing but the test ends the search.
  static let noise =
    "x,y\n" + (0..<50).map { "\($0),\(3 * Double($0) + Double(($0 * 7919 + 13) % 101))\n" }.joined()

  init(
    columns: UInt16, rows: UInt16, table: String = noise, options: [String] = ["--time", "100"],
    environment: [String: String]
  ) throws {
    scratch = try Scratch()
    try scratch.write(table, to: "data.csv")
    terminal = try PseudoTerminal(columns: columns, rows: rows)
    command = try CommandLineTool.start(
      ["distill", "data.csv", "--json", "--threads", "1"] + options, in: scratch.url,
      errors: terminal.device, keyboard: terminal.keyboard,
      environment: ["TERM": "xterm", "NO_COLOR": ""].merging(environment) { $1 })
  }

  /// What was drawn, without the sequences that place it.
  var frames: [String] { Self.frames(of: terminal.text) }

  /// Waits until something is so.
  func wait(until condition: (SearchSession) -> Bool) {
    command.wait {
      terminal.drain()
      return condition(self)
    }
  }

  /// Waits for the end.
  func finish() throws -> CommandLineTool.Outcome {
    command.wait {
      terminal.drain()
      return false
    }
    let outcome = try command.finish()
    terminal.drain()
    return outcome
  }

  static func frames(of text: String) -> [String] {
    let whole = text.components(separatedBy: "\u{1B}[H").dropFirst()
      .filter { $0.contains("\u{1B}[J") }
    return whole.map { frame in
      String(frame[..<(frame.range(of: "\u{1B}[J")?.lowerBound ?? frame.endIndex)])
        .replacing("\u{1B}[K", with: "")
    }
  }
}
