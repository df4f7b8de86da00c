import Foundation
import Testing

@Suite("The screen of a search")
struct SearchScreenTests {
  @Test(arguments: [(40, 10), (100, 24), (250, 60)] as [(UInt16, UInt16)])
  func `fits the terminal and shows the front`(columns: UInt16, rows: UInt16) throws {
    let session = try SearchSession(columns: columns, rows: rows, environment: ["NO_COLOR": "1"])
    // Two seconds, in which every search finds some formulas.
    session.wait { $0.terminal.drawings > 10 }
    session.terminal.type("q")
    let outcome = try session.finish()
    // A key is a decision and no accident.
    #expect(outcome.status == 0)
    #expect(try outcome.json()["stopped"] as? String == "interrupted")
    for frame in session.frames {
      let lines = frame.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count <= rows)
      #expect(lines.allSatisfy { $0.count < columns })
      #expect(frame.hasPrefix("searching equations for y in 50"))
      #expect(frame.contains(/\n━*─*  \d+%   \d+\.\d s of 1 min 40 s/))
      // Nothing but the sequences that place the text.
      #expect(!frame.contains("\u{1B}"))
    }
    let last = try #require(session.frames.last)
    #expect(last.contains(/\n\*\ +\d/))
    #expect(last.contains(/[0-9.]+[kM]? formulas\/s/))
    if columns >= 100 {
      #expect(last.contains(/1 thread \d+% busy   epoch \d+/))
      #expect(last.contains(/\ size +loss +score  y =\n/))
    }
  }

  @Test func `follows another size`() throws {
    let session = try SearchSession(columns: 100, rows: 24, environment: ["NO_COLOR": "1"])
    session.wait { $0.terminal.drawings > 2 }
    session.terminal.resize(columns: 50, rows: 12)
    let (before, drawings) = (session.terminal.text.count, session.terminal.drawings)
    session.wait { $0.terminal.drawings > drawings + 2 }
    session.terminal.type("q")
    _ = try session.finish()
    let after = String(session.terminal.text.dropFirst(before))
    // The screen is emptied: a narrower terminal has kept parts of longer lines.
    let start = try #require(after.range(of: "\u{1B}[2J\u{1B}[H"))
    for frame in SearchSession.frames(of: String(after[start.lowerBound...])) {
      #expect(frame.split(separator: "\n", omittingEmptySubsequences: false).count <= 12)
      #expect(frame.split(separator: "\n").allSatisfy { $0.count < 50 })
    }
  }

  @Test(arguments: [1, 2])
  func `Ctrl-C gives the terminal back`(times: Int) throws {
    let session = try SearchSession(columns: 100, rows: 24, environment: [:])
    session.wait { $0.terminal.drawings > 2 }
    #expect(!session.terminal.hasUsualMode)
    for _ in 0..<times { session.command.interrupt() }
    let outcome = try session.finish()
    #expect(outcome.status == 130)
    #expect(session.terminal.hasUsualMode)
    let text = session.terminal.text
    let entered = try #require(text.range(of: "\u{1B}[?1049h"))
    let left = try #require(text.range(of: "\u{1B}[?25h\u{1B}[?1049l"))
    #expect(entered.upperBound < left.lowerBound)
    #expect(!text[left.upperBound...].contains("\u{1B}"))
    // In colours, as nobody asked for none.
    #expect(text.contains("\u{1B}[1msearching equations"))
  }

  @Test func `is left alone by small terminals and quiet commands`() throws {
    for (columns, rows, options) in [
      (30, 24, ["--time", "1"]), (100, 5, ["--time", "1"]), (100, 24, ["--time", "1", "--quiet"]),
    ] as [(UInt16, UInt16, [String])] {
      let session = try SearchSession(
        columns: columns, rows: rows, options: options, environment: [:])
      let outcome = try session.finish()
      #expect([0, 75].contains(outcome.status))
      #expect(!session.terminal.text.contains("\u{1B}[?1049h"))
      if options.contains("--quiet") {
        #expect(session.terminal.text.isEmpty || outcome.status == 75)
      }
    }
  }

  @Test func `is not for files, which get a line now and then`() throws {
    let scratch = try Scratch()
    try scratch.write(SearchSession.noise, to: "data.csv")
    let outcome = try scratch.limbeck("distill", "data.csv", "--time", "3")
    #expect(outcome.status == 0)
    #expect(!outcome.errors.contains("\u{1B}"))
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.first == "searching equations for y in 50 rows of x")
    #expect(lines.count > 1)
    for line in lines.dropFirst() {
      #expect(
        line.contains(/^searching  \d+%  [0-9.]+[kM]? formulas\/s  loss [0-9.e+-]+  best .+$/))
    }
  }
}
