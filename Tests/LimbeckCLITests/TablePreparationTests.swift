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

  @Test func `names that are no words of formulas are said in those that are`() throws {
    let scratch = try Scratch()
    let rows = (0..<40).map { "\($0),\($0 % 7),\(3 * $0 + $0 % 7)\n" }
    try scratch.write("速度,größe,y\n" + rows.joined(), to: "data.csv")
    let outcome = try scratch.limbeck("distill", "data.csv", "--evaluations", "2000")
    #expect(outcome.errors.contains("data.csv: column '速度' is written x0\n"))
    #expect(outcome.errors.contains("data.csv: column 'größe' is written gr__e\n"))
    #expect(outcome.output.contains("y = gr__e + 3*x0"))
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

  @Test func `of five hundred columns the two that matter are searched`() throws {
    let scratch = try Scratch()
    // The digits behind the fifth of a sine are as good as random.
    func value(_ row: Int, _ column: Int) -> Double {
      let position = 1e5 * sin(Double(1 + 577 * row + column))
      return 4 * (position - position.rounded(.down)) - 2
    }
    let columns = 0..<500
    let rows = (0..<60).map { row in
      let target = 2 * value(row, 17) * value(row, 17) + 3 * value(row, 401)
      return columns.map { "\(value(row, $0))," }.joined() + "\(target)\n"
    }
    try scratch.write(
      columns.map { "c\($0)," }.joined() + "y\n" + rows.joined(), to: "data.csv")
    let outcome = try scratch.limbeck("distill", "data.csv", "--evaluations", "20000")
    #expect(outcome.status == 0)
    let note = try #require(outcome.errors.split(separator: "\n").first)
    #expect(note.hasPrefix("data.csv: too many columns for a search: chose "))
    let chosen = try #require(note.components(separatedBy: ": ").last)
      .components(separatedBy: ", ")
    #expect(chosen.contains("c17") && chosen.contains("c401") && chosen.count <= 30)
    #expect(outcome.output.contains("\ny = 2*c17^2 + 3*c401\n"))
  }

  @Test func `a target is smoothed, and its equation found`() throws {
    let scratch = try Scratch()
    let rows = (0..<120).map { i in
      // Noise of a tenth without a bearing on its neighbours.
      let noise = 0.1 * sin(1e4 * sin(Double(i) + 0.5))
      return "\(Double(i) / 20),\(sin(Double(i) / 20) + noise)\n"
    }
    try scratch.write("x,y\n" + rows.joined(), to: "data.csv")
    let outcome = try scratch.limbeck(
      "distill", "data.csv", "--denoise", "--evaluations", "10000", "--json")
    #expect(outcome.status == 0)
    #expect(outcome.errors.hasPrefix("data.csv: smoothed the target, which took off "))
    let document = try outcome.json()
    let front = try #require(document["front"] as? [[String: Any]])
    let best = front[try #require(document["best"] as? Int)]
    #expect(try #require(best["equation"] as? String).contains("sin(x)"))
    // The loss is that of the noisy target: about half of a tenth squared.
    let loss = try #require(best["loss"] as? Double)
    #expect(loss > 0.002 && loss < 0.008)
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
