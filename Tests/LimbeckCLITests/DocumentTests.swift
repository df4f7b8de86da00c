import Foundation
import Testing

@Suite("The documents that scripts read")
struct DocumentTests {
  @Test func `train, distill and evaluate print one document each`() throws {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.text, to: "r.yaml")
    try scratch.write("x,t\n0,0\n0.5,1\n", to: "points.csv")
    let trained = try scratch.limbeck("train", "r.yaml", "--out", "run", "--json", "--quiet")
    #expect(trained.status == 0)
    #expect(trained.errors.isEmpty)
    try Self.checkTraining(try trained.json())

    let distilled = try scratch.limbeck("distill", "run", "--json", "--quiet")
    #expect(distilled.status == 0)
    #expect(distilled.errors.isEmpty)
    let document = try distilled.json()
    try Self.checkDistillation(document)
    #expect(document["variables"] as? [String] == ["x", "t"])
    // The run keeps the same document.
    #expect(
      String(decoding: try scratch.read("run/equations.json"), as: UTF8.self) == distilled.output)
    for name in ["run/equations.csv", "run/equations.tex", "run/manifest.json"] {
      #expect(scratch.contains(name))
    }

    let evaluated = try scratch.limbeck(
      "evaluate", "run", "--at", "points.csv", "--fields", "u,u_xx", "--json", "--quiet")
    #expect(evaluated.status == 0)
    #expect(evaluated.errors.isEmpty)
    #expect((try evaluated.json()["u_xx"] as? [Double])?.count == 2)
    let table = try scratch.limbeck("evaluate", "run", "--at", "points.csv", "--out", "values.csv")
    #expect(table.output.hasPrefix("x,t,u\n0.0,0.0,"))
    #expect(String(decoding: try scratch.read("values.csv"), as: UTF8.self) == table.output)
  }

  @Test func `run prints both parts`() throws {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.text, to: "r.yaml")
    let outcome = try scratch.limbeck("run", "r.yaml", "--json", "--quiet")
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    let document = try outcome.json()
    #expect(document.keys.sorted() == ["distill", "train"])
    try Self.checkTraining(try #require(document["train"] as? [String: Any]))
    try Self.checkDistillation(try #require(document["distill"] as? [String: Any]))
    // Without --out the run is named after the recipe.
    #expect(scratch.contains("runs/r/model.safetensors"))
  }

  @Test func `a table without noise ends early with its constants identified`() throws {
    let scratch = try Scratch()
    try scratch.write(SampleTable.text, to: "data.csv")
    let outcome = try scratch.limbeck("distill", "data.csv", "--json", "--out", "found")
    #expect(outcome.status == 0)
    let document = try outcome.json()
    try Self.checkDistillation(document)
    #expect(document["stopped"] as? String == "target-reached")
    let best = try Self.best(document)
    #expect(best["equation"] as? String == "2*b*exp(-3*a) + pi")
    #expect(scratch.contains("found/equations.json"))
    #expect(scratch.contains("found/manifest.json"))
  }

  @Test func `a table in single precision ends where its rounding begins`() throws {
    let scratch = try Scratch()
    try scratch.write(SampleTable.text(rounding: { Double(Float($0)) }), to: "data.csv")
    let document = try scratch.limbeck("distill", "data.csv", "--json").json()
    #expect(document["stopped"] as? String == "target-reached")
    let front = try #require(document["front"] as? [[String: Any]])
    #expect(document["best"] as? Int == front.count - 1)
    // The unit roundoff of Float is 6e-8, and the squares of the target are about 10.
    #expect(try #require(front.last?["loss"] as? Double) < 1e-13)
  }

  @Test func `people get a table, and words about progress beside it`() throws {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.text, to: "r.yaml")
    let outcome = try scratch.limbeck("run", "r.yaml", "--out", "run", "--verbose")
    #expect(outcome.status == 0)
    let header = try #require(outcome.output.split(separator: "\n").first { $0.contains("R²") })
    #expect(
      header.split(separator: " ") == [
        "size", "loss", "R²", "score", "residual", "conditions", "u", "=",
      ])
    #expect(outcome.output.hasSuffix("\n\nresults in run\n"))
    let words = [
      "training 67 parameters", "seed 1", "trained 20 steps", "searching equations for u",
    ]
    for word in words { #expect(outcome.errors.contains(word)) }
    #expect(!outcome.errors.contains("\u{1B}"))
  }

  @Test func `a search without time for anything but a constant has no result`() throws {
    let scratch = try Scratch()
    try scratch.write(SampleTable.text, to: "data.csv")
    let outcome = try scratch.limbeck("distill", "data.csv", "--time", "1e-9", "--json", "--quiet")
    #expect(outcome.status == 75)
    #expect(
      outcome.errors
        == "error: the budget ended before an equation better than a constant was found; "
        + "give the search more --time or --evaluations\n")
    #expect((try outcome.json()["front"] as? [Any])?.count == 1)
  }

  private static func checkTraining(_ document: [String: Any]) throws {
    #expect(document["parameters"] as? Int == 67)
    #expect(document["epochs"] as? Int == 20)
    #expect(document["optimizer"] as? String == "lm")
    #expect(try #require(document["seconds"] as? Double) > 0)
    #expect(try #require(document["loss"] as? Double) < 1e-3)
    #expect(try #require((document["relative_l2"] as? [String: Double])?["u"]) < 0.1)
    #expect((document["residual_rms"] as? [Double])?.count == 1)
    #expect((document["condition_rms"] as? [Double])?.count == 3)
  }

  private static func checkDistillation(_ document: [String: Any]) throws {
    for key in ["target", "variables", "seed", "rows", "evaluations", "seconds", "stopped"] {
      #expect(document[key] != nil, "\(key)")
    }
    let equation = try best(document)
    for key in ["complexity", "loss", "r2", "score", "equation", "sympy", "latex"] {
      #expect(equation[key] != nil, "\(key)")
    }
    for constant in try #require(equation["constants"] as? [[String: Any]]) {
      #expect(constant.keys.sorted() == ["snapped", "standard_error", "value"])
    }
  }

  private static func best(_ document: [String: Any]) throws -> [String: Any] {
    let front = try #require(document["front"] as? [[String: Any]])
    return front[try #require(document["best"] as? Int)]
  }
}
