import Foundation
import RunStore
import Testing

/// Networks that were fitted to a table and know no equation are looked at in the table's rows.
@Suite("Runs of tables")
struct FittedTableTests {
  /// A run of a network of five inputs, fitted to the first 60 of 100 rows.
  private static func run() throws -> Scratch {
    let scratch = try Scratch()
    let rows = (0..<100).map { i in
      let x = (0..<5).map { j in Double((i * (7 + 2 * j)) % 101) / 101 }
      return (x + [x[0] * x[1] - x[4]]).map(\.description).joined(separator: ",")
    }
    try scratch.write("a,b,c,d,e,y\n" + rows.joined(separator: "\n"), to: "t.csv")
    try scratch.write(
      """
      problem:
        variables: {a: [0, 1], b: [0, 1], c: [0, 1], d: [0, 1], e: [0, 1]}
        unknowns: [y]
        data: {file: t.csv, split: [60, 20, 20]}
      network: {hidden: [6]}
      training: {optimizer: lm, steps: 10, seed: 1}
      """, to: "t.yaml")
    #expect(try scratch.limbeck("train", "t.yaml", "--out", "run", "--quiet").status == 0)
    return scratch
  }

  @Test func `activations are those of the rows, or of a part of them`() throws {
    let scratch = try Self.run()
    let table = try Table(contentsOf: scratch.url.path + "/t.csv")
    for (options, rows) in [([], 0..<100), (["--split", "test"], 80..<100)] {
      let outcome = try CommandLineTool.run(
        ["activations", "run", "--json"] + options, in: scratch.url)
      #expect(try outcome.json()["samples"] as? Int == rows.count)
      let file = try ActivationFile(contentsOf: scratch.url.path + "/run/activations.h5")
      let coordinates = try file.coordinates.doubles(rows: 0..<rows.count)
      #expect(coordinates == rows.flatMap { row in (0..<5).map { table.columns[$0][row] } })
      #expect(file.provenance.points.hasSuffix(rows.count == 20 ? "t.csv, test rows" : "t.csv"))
    }
    let both = try scratch.limbeck("activations", "run", "--split", "test", "--grid", "3")
    #expect(both.status == 64)
    #expect(both.errors.contains("'--grid' and '--split' both say where; use one of them."))
  }

  @Test func `features are those of the rows`() throws {
    let scratch = try Self.run()
    func features(_ options: String...) throws -> CommandLineTool.Outcome {
      try CommandLineTool.run(["sae", "run", "--json"] + options, in: scratch.url)
    }
    let all = try features("--features", "8", "--k", "2", "--epochs", "20")
    #expect(all.status == 0)
    #expect(try all.json()["samples"] as? Int == 100)
    let physics = try #require(try all.json()["physics"] as? [String: Any])
    #expect(physics["mean_max_correlation"] is Double)
    let part = try features(
      "--features", "8", "--k", "2", "--epochs", "20", "--split", "training", "--out", "part")
    #expect(try part.json()["samples"] as? Int == 60)
    // What goes on looks at the same rows.
    let resumed = try features("--resume", "--epochs", "30", "--out", "part")
    #expect(try resumed.json()["samples"] as? Int == 60)
  }

  @Test func `parts that there are not are refused`() throws {
    let scratch = try ProbeCommandTests.run()
    let outcome = try scratch.limbeck("sae", "run", "--split", "test")
    #expect(outcome.status == 65)
    #expect(
      outcome.errors
        == "error: the run's recipe has no table ('data') whose rows could be taken\n")
  }
}
