import Foundation
import RegexBuilder
import Testing

@Suite("Progress on a terminal")
struct TerminalTests {
  @Test(arguments: [40, 60, 240])
  func `one line is rewritten and never wraps`(columns: UInt16) throws {
    let (terminal, outcome) = try Self.train(columns: columns, environment: ["NO_COLOR": "1"])
    #expect(outcome.status == 0)
    // Before the first frame stands a line that stays.
    let lines = terminal.split(separator: "\r\u{1B}[K").dropFirst()
    // A second at ten frames a second; a busy machine shows fewer.
    #expect(lines.count > 3)
    for line in lines {
      #expect(line.hasPrefix("training "))
      #expect(!line.contains("\n"))
      #expect(!line.contains("\u{1B}"))
      #expect(line.count < columns)
      #expect(line.contains(/[━─]{20} +\d+%/))
    }
    if columns == 240 {
      let last = try #require(lines.last)
      let number = /[0-9.e+-]+/
      #expect(
        last.contains(
          Regex {
            "step "
            OneOrMore(.digit)
            "  loss "
            number
            "  error "
            number
            "  damping "
            number
            "  "
            number
            " steps/s  equation 1 "
            number
            "  condition 1 "
            number
            "  condition 2 "
            number
            "  condition 3 "
            number
            Anchor.endOfSubject
          }))
    }
  }

  @Test func `colours are for terminals that want them`() throws {
    let (terminal, _) = try Self.train(columns: 100, environment: ["NO_COLOR": ""])
    #expect(terminal.contains("\u{1B}[32m━"))
    let (dumb, _) = try Self.train(columns: 100, environment: ["TERM": "dumb"])
    #expect(!dumb.contains("\u{1B}"))
  }

  /// Trains for a second with standard error on a terminal.
  private static func train(
    columns: UInt16, environment: [String: String]
  ) throws -> (terminal: String, CommandLineTool.Outcome) {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.text, to: "r.yaml")
    let terminal = try PseudoTerminal(columns: columns)
    let command = try CommandLineTool.start(
      ["train", "r.yaml", "--time", "1", "--out", "run"], in: scratch.url,
      errors: terminal.device, environment: ["TERM": "xterm"].merging(environment) { $1 })
    command.wait {
      terminal.drain()
      return false
    }
    let outcome = try command.finish()
    terminal.drain()
    return (terminal.text, outcome)
  }
}
