import Foundation
import RunStore
import Testing

@Suite("Several targets")
struct SeveralTargetsTests {
  /// `p = a b`, and two targets of which no formula explains all.
  private static let table =
    "a,b,p,q,r\n"
    + (0..<60).map { i in
      let (a, b) = (1 + Double(i % 8) / 3, 1 + Double(i / 8) / 5)
      let noise = Double((i * 7919 + 13) % 101) / 200
      return "\(a),\(b),\(a * b),\(a / b + noise),\(a + b * b - noise)\n"
    }.joined()

  private static func scratch() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(table, to: "data.csv")
    return scratch
  }

  private static func search(
    _ scratch: Scratch, _ targets: String, _ evaluations: Int, _ more: String...
  ) throws -> CommandLineTool.Outcome {
    try CommandLineTool.run(
      ["distill", "data.csv", "--target", targets, "--evaluations", "\(evaluations)", "--json"]
        + more, in: scratch.url)
  }

  /// The front of each target, by name.
  private static func fronts(_ output: String) throws -> [String: JSONValue] {
    let targets = try #require(try JSONValue(parsing: output.utf8)["targets"]?.elements)
    return try Dictionary(
      uniqueKeysWithValues: targets.map {
        (try #require($0["target"]?.text), try #require($0["front"]))
      })
  }

  @Test func `each has a directory of its own with what a search alone finds`() throws {
    let scratch = try Self.scratch()
    let outcome = try Self.search(scratch, "p,q", 20000, "--columns", "a,b", "--out", "found")
    #expect(outcome.status == 0)
    #expect(try scratch.read("found/targets.json") == Data(outcome.output.utf8))
    #expect(outcome.errors.contains("p  a*b   (loss 0), "))
    #expect(outcome.errors.contains(", 2 of 2 done\n"))
    let fronts = try Self.fronts(outcome.output)
    for name in ["p", "q"] {
      let alone = try Self.search(scratch, name, 20000, "--columns", "a,b", "--quiet")
      #expect(try JSONValue(parsing: alone.output.utf8)["front"] == fronts[name])
      let stored = try JSONValue(parsing: [UInt8](scratch.read("found/\(name)/equations.json")))
      #expect(stored["front"] == fronts[name])
    }
    // What is there is not replaced by accident.
    let before = try scratch.files(below: "found")
    let again = try Self.search(scratch, "p,q", 100, "--out", "found", "--quiet")
    #expect(again.status == 74)
    #expect(
      again.errors
        == "error: found: the directory is not empty; choose another with --out, "
        + "replace the run with --force or continue it with --resume\n")
    #expect(try scratch.files(below: "found") == before)
    #expect(try Self.search(scratch, "p,q", 100, "--out", "found", "--force").status == 0)
    #expect(try scratch.files(below: "found") != before)
  }

  @Test func `what is resumed ends as if it had never stopped`() throws {
    let scratch = try Self.scratch()
    let whole = try Self.search(scratch, "p,q,r", 50000, "--out", "a", "--quiet")
    let half = try Self.search(scratch, "p,q,r", 5000, "--out", "b", "--quiet")
    // One that was cut off before its search ended begins anew.
    try FileManager.default.removeItem(at: scratch.url.appendingPathComponent("b/r"))
    let resumed = try Self.search(scratch, "p,q,r", 50000, "--out", "b", "--resume", "--quiet")
    #expect(resumed.status == 0)
    let fronts = try [whole, half, resumed].map { try Self.fronts($0.output) }
    #expect(fronts[2]["q"] == fronts[0]["q"] && fronts[2]["q"] != fronts[1]["q"])
    #expect(fronts[2]["r"] == fronts[0]["r"])
    // The first target is explained long before: there is nothing to go on with.
    #expect(fronts[2]["p"]?.elements?.last?["equation"]?.text == "a*b")
    let single = try CommandLineTool.run(
      ["distill", "data.csv", "--columns", "a,b", "--target", "p", "--out", "b/p", "--resume"],
      in: scratch.url)
    #expect(single.status == 66)
    #expect(
      single.errors.hasSuffix(
        "error: b/p: its search reached its target and ended; search anew with --force, "
          + "or start another one from its equations with --start\n"))
    #expect(try Self.search(scratch, "p,q", 100, "--resume").status == 64)
    let nothing = try Self.search(scratch, "p,q", 100, "--out", "c", "--resume", "--quiet")
    #expect(nothing.status == 66)
    #expect(
      nothing.errors
        == "error: c: no search ended here that could go on; search without --resume\n")
    #expect(!scratch.contains("c"))
  }

  @Test func `a trace names the targets, and curves have a directory each`() throws {
    let scratch = try Self.scratch()
    let outcome = try Self.search(
      scratch, "q,r", 5000, "--trace", "t.jsonl", "--tensorboard", "curves", "--quiet")
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    let lines = String(decoding: try scratch.read("t.jsonl"), as: UTF8.self)
      .split(separator: "\n")
    let fronts = try Self.fronts(outcome.output)
    for name in ["q", "r"] {
      let own = try lines.map { try JSONValue(parsing: $0.utf8) }
        .filter { $0["target"]?.text == name }
      #expect(own.count > 3)
      #expect(try scratch.files(below: "curves/\(name)").count == 1)
      // Constants get their closed forms after the search: the last line is about the last equation.
      let losses = own.compactMap { $0["loss"]?.double }
      let least = try #require(losses.min())
      let final = try #require(fronts[name]?.elements?.last?["loss"]?.double)
      #expect(abs(least - final) < 0.1 * final)
    }
    #expect(lines.count == lines.filter { $0.hasSuffix("}") }.count)
  }

  @Test func `a search starts from an earlier one's equations, target by target`() throws {
    let scratch = try Self.scratch()
    #expect(try Self.search(scratch, "p,q", 20000, "--out", "first", "--quiet").status == 0)
    let warm = try Self.search(scratch, "q,p", 100, "--start", "first")
    #expect(warm.status == 0)
    for name in ["p", "q"] { #expect(warm.errors.contains(" equations of first/\(name)\n")) }
    #expect(try Self.fronts(warm.output)["p"]?.elements?.last?["equation"]?.text == "a*b")
  }

  @Test(arguments: [(40, 10), (100, 24)] as [(UInt16, UInt16)])
  func `the screen has a line for each`(columns: UInt16, rows: UInt16) throws {
    let names = (0..<12).map { "y\($0)" }
    let lines = (0..<50).map { row in
      "\(row)" + names.indices.map { ",\((row * 7919 + 13 * $0 * row) % 101)" }.joined() + "\n"
    }
    let session = try SearchSession(
      columns: columns, rows: rows, table: "x,\(names.joined(separator: ","))\n" + lines.joined(),
      options: ["--time", "100", "--target", names.joined(separator: ",")],
      environment: ["NO_COLOR": "1"])
    session.wait { $0.terminal.drawings > 10 }
    session.terminal.type("q")
    let outcome = try session.finish()
    #expect(outcome.status == 0)
    #expect(try #require(outcome.json()["targets"] as? [Any]).count == 12)
    for frame in session.frames {
      let lines = frame.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count <= rows)
      #expect(lines.allSatisfy { $0.count < columns })
      #expect(frame.hasPrefix("searching equations for 12 targets s"))
    }
    #expect(session.frames.contains { $0.contains(/\n *y0 +\d+% +\d+ +\d/) })
    #expect(try #require(session.frames.last).contains(/\n\d+ of 12 done   .+ s   1 thread/))
  }

  @Test func `neurons of a layer are kept, and refused where one equation is meant`() throws {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.text, to: "r.yaml")
    try #require(scratch.limbeck("train", "r.yaml", "--steps", "1", "--out", "run").status == 0)
    let before = try scratch.files(below: "run")
    let layer = try scratch.limbeck(
      "distill", "run", "--target", "layer0,u", "--evaluations", "300", "--out", "neurons")
    #expect(layer.status == 0, "\(layer.errors)")
    #expect(scratch.contains("neurons/layer0.neuron5/equations.tex"))
    #expect(scratch.contains("neurons/u/equations.json"))
    // A search for several targets leaves the run as it is.
    #expect(try scratch.files(below: "run") == before)
    let twice = try scratch.limbeck("distill", "run", "--target", "layer0,layer0.neuron2")
    #expect(twice.status == 64)
    #expect(
      twice.errors.hasPrefix(
        "error: 'layer0.neuron2' is a target twice; name each target once.\n"))
    let sentence =
      "error: 'layer0' stands for an equation of each neuron where one equation is searched; "
      + "name one neuron, such as 'layer0.neuron0'\n"
    let seeds = try scratch.limbeck("distill", "run", "--target", "layer0", "--seeds", "1,2")
    #expect(seeds.status == 65)
    #expect(seeds.errors == sentence)
    // Told before the training, which may be long.
    try scratch.write(
      HeatRecipe.replacing("{grammar: separable,", with: "{target: layer0,"), to: "layer.yaml")
    let run = try scratch.limbeck("run", "layer.yaml", "--out", "other")
    #expect(run.status == 65)
    #expect(run.errors == sentence)
    #expect(!scratch.contains("other"))
  }
}
