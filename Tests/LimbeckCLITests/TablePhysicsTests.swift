import Foundation
import Testing

@Suite("Tables put into a recipe")
struct TablePhysicsTests {
  /// A decay from 2 at the rate 1/2.
  private static let decay = """
    problem:
      variables: {t: [0, 2]}
      unknowns: [u]
      parameters: {k: 0.5}
      equations: ["u_t + k*u"]
      conditions:
        - {at: "t = 0", equation: "u - 2"}
    distill: {grammar: general, evaluations: 20000}

    """

  /// The decay as an instrument has it that is a little wrong, in a smooth way.
  private static func table(_ header: String) -> String {
    header + "\n"
      + (0..<61).map { i in
        let t = Double(i) / 30
        return "\(t),\(2 * exp(-t / 2) + 0.004 * sin(5 * t))\n"
      }.joined()
  }

  private static func scratch(columns: String = "t,u") throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(decay, to: "decay.yaml")
    try scratch.write(table(columns), to: "data.csv")
    return scratch
  }

  @Test func `the equation that solves the problem is chosen over better fits`() throws {
    let scratch = try Self.scratch()
    let outcome = try scratch.limbeck(
      "distill", "data.csv", "--recipe", "decay.yaml", "--residual-weight", "10", "--json",
      "--quiet")
    #expect(outcome.status == 0)
    let document = try outcome.json()
    let front = try #require(document["front"] as? [[String: Any]])
    let best = front[try #require(document["best"] as? Int)]
    #expect(try #require(best["residual"] as? [String: Any])["exact_solution"] as? Bool == true)
    // The error of the instrument, 0.004² / 2, which no constant is bent to explain.
    #expect(abs(try #require(best["loss"] as? Double) - 8e-6) < 2e-6)
  }

  @Test(
    "tables that do not fit the recipe are refused",
    arguments: [
      (
        "s,u", [],
        "the columns s are not the recipe's variables t; rename them, or leave others out with "
          + "--columns"
      ),
      (
        "t,v", [],
        "the column to explain is 'v' and the recipe solves for u; name that column with --target, "
          + "or rename it"
      ),
      (
        "t,u", ["--target", "t"],
        "the column to explain is 't' and the recipe solves for u; name that column with --target, "
          + "or rename it"
      ),
    ] as [(String, [String], String)])
  func refused(columns: String, options: [String], sentence: String) throws {
    let scratch = try Self.scratch(columns: columns)
    let outcome = try CommandLineTool.run(
      ["distill", "data.csv", "--recipe", "decay.yaml", "--quiet"] + options, in: scratch.url)
    #expect(outcome.status == 65)
    #expect(outcome.errors == "error: data.csv: \(sentence)\n")
    #expect(outcome.output.isEmpty)
  }

  @Test(
    "weights of a residual that mean nothing are refused",
    arguments: [
      (
        ["--residual-weight", "1"],
        "'--residual-weight' needs the table's problem; give its --recipe."
      ),
      (
        ["--recipe", "decay.yaml", "--residual-weight", "-1"],
        "'--residual-weight -1' is not a number from 0 on."
      ),
    ])
  func weights(options: [String], sentence: String) throws {
    let scratch = try Self.scratch()
    let outcome = try CommandLineTool.run(["distill", "data.csv"] + options, in: scratch.url)
    #expect(outcome.status == 64)
    #expect(outcome.errors == "error: \(sentence)\nSee 'limbeck distill --help'.\n")
  }
}
