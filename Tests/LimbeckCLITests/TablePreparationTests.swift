import Foundation
import RunStore
import Testing

@Suite("Tables as users have them")
struct TablePreparationTests {
  /// `y = 2 a exp(-b)` beside a constant, a copy and a column of categories.
  private static let messy =
    "a,b,g,a2,kind,y\n"
    + (0..<90).map { i in
      let (a, b) = (1 + Double(i % 9) / 3, Double(i / 9) / 4)
      return "\(a),\(b),9.81,\(a),\(i % 3),\(2 * a * exp(-b))\n"
    }.joined()

  @Test func `what is odd about a table is said, and its equation found`() throws {
    let scratch = try Scratch()
    try scratch.write(Self.messy, to: "data.csv")
    let outcome = try scratch.limbeck(
      "distill", "data.csv", "--evaluations", "60000", "--json", "--threads", "2")
    #expect(outcome.status == 0)
    for sentence in [
      "data.csv: column 'g' is 9.81 in every row: left out\n",
      "data.csv: column 'a2' repeats column 'a': left out\n",
      "data.csv: column 'kind' has only the values 0, 1, 2: searched as a number, "
        + "not as names of categories\n",
    ] { #expect(outcome.errors.contains(sentence)) }
    let front = try #require(try JSONValue(parsing: outcome.output.utf8)["front"]?.elements)
    #expect(front.last?["equation"]?.text == "2*a*exp(-b)")
  }

  @Test func `a search starts from guesses and from an earlier one's equations`() throws {
    let scratch = try Scratch()
    let law = (0..<200).map { i in
      let t = Double(i) / 20
      return "\(t),\(sin(0.9 * t * t + 1.3 * t) * exp(-0.05 * t) + 0.2 * t)\n"
    }
    try scratch.write("t,y\n" + law.joined(), to: "data.csv")
    try scratch.write("t,y\n" + law.dropLast(40).joined(), to: "part.csv")
    func search(_ table: String, _ more: String...) throws -> CommandLineTool.Outcome {
      try CommandLineTool.run(
        ["distill", table, "--evaluations", "3000", "--json"] + more, in: scratch.url)
    }
    func leastLoss(_ outcome: CommandLineTool.Outcome) throws -> Double {
      let front = try JSONValue(parsing: outcome.output.utf8)["front"]?.elements ?? []
      return try #require(front.last?["loss"]?.double)
    }
    let plain = try leastLoss(try search("part.csv"))
    let guess = "sin(0.89*t*t + 1.35*t)*exp(-0.06*t) + 0.3*t"
    let guessed = try search("part.csv", "--guess", guess, "--out", "first")
    #expect(try leastLoss(guessed) < 1e-20)
    #expect(plain > 1e-6)
    let warm = try search("data.csv", "--start", "first")
    #expect(try leastLoss(warm) < 1e-20)
    #expect(warm.errors.contains("equations of first\n"))
  }

  @Test func `few rows are too few`() throws {
    for rows in 1...3 {
      let scratch = try Scratch()
      let lines = (0..<rows).map { "\($0),\(2 * $0 + 1)\n" }
      try scratch.write("x,y\n" + lines.joined(), to: "data.csv")
      let outcome = try scratch.limbeck("distill", "data.csv", "--quiet")
      #expect(outcome.status == 65)
      #expect(
        outcome.errors
          == "error: data.csv: the table has \(rows) \(rows == 1 ? "row" : "rows"), but a search needs "
          + "at least 4; record more samples\n")
    }
  }

  @Test(
    "options that cannot be followed",
    arguments: [
      (
        ["--guess", "sin(", "--quiet"], 64,
        "error: '--guess sin(': "
      ),
      (
        ["--guess", "c*a", "--quiet"], 65,
        "error: the guess 'c*a' uses 'c', which is no column; there are a, b, kind\n"
      ),
      (
        ["--select-k-features", "0"], 64,
        "error: '--select-k-features 0' is too small; use 1 or more.\n"
      ),
      (["--start", "nowhere", "--quiet"], 66, "error: nowhere: "),
      (
        ["--resume", "--out", "r", "--guess", "a"], 64,
        "error: '--resume' goes on with the formulas that its search began with; leave out '--guess'.\n"
      ),
    ] as [([String], Int32, String)])
  func refused(options: [String], status: Int32, beginning: String) throws {
    let scratch = try Scratch()
    try scratch.write(Self.messy, to: "data.csv")
    let outcome = try CommandLineTool.run(["distill", "data.csv"] + options, in: scratch.url)
    #expect(outcome.status == status)
    #expect(outcome.errors.hasPrefix(beginning), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }
}
