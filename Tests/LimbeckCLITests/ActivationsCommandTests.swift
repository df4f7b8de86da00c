import Foundation
import RunStore
import Testing

@Suite("Activations of a run")
struct ActivationsCommandTests {
  /// A trained run.
  private static func run() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.text, to: "r.yaml")
    let outcome = try scratch.limbeck("train", "r.yaml", "--out", "run", "--quiet")
    #expect(outcome.status == 0)
    return scratch
  }

  @Test func `the run gets the file and its checksum`() throws {
    let scratch = try Self.run()
    let outcome = try scratch.limbeck("activations", "run", "--grid", "7", "--json", "--quiet")
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    let document = try outcome.json()
    #expect(document["file"] as? String == "run/activations.h5")
    #expect(document["samples"] as? Int == 49)
    #expect(document["points"] as? String == "grid 7 7")
    let layers = try #require(document["layers"] as? [[String: Any]])
    #expect(layers.compactMap { $0["name"] as? String } == ["layer0", "layer1"])
    #expect(layers.compactMap { $0["width"] as? Int } == [6, 6])
    let fields = try #require(document["fields"] as? [[String: Any]])
    #expect(
      fields.compactMap { $0["name"] as? String } == [
        "u", "u_x", "u_t", "u_xx", "u_xt", "u_tt", "residual1", "boundary_distance",
      ])
    #expect((document["exact"] as? [Any])?.count == 6)

    let file = try ActivationFile(contentsOf: scratch.url.path + "/run/activations.h5")
    let model = try SHA256Digest(contentsOf: scratch.url.path + "/run/model.safetensors")
    #expect(file.provenance.modelChecksum == model.description)
    let run = try RunDirectory.open(scratch.url.path + "/run", for: .reading)
    let manifest = try run.manifest()
    #expect(manifest.files["activations.h5"] != nil)
    #expect(try run.changedFiles(since: manifest) == [])
    // Another time, in the place of the first.
    let again = try scratch.limbeck("activations", "run", "--layer", "last", "--pre")
    #expect(again.status == 0)
    #expect(again.output.hasPrefix("10000 points (grid 100 100) of x, t\n\n"))
    #expect(again.output.hasSuffix("\n\nactivations in run/activations.h5\n"))
    let second = try ActivationFile(contentsOf: scratch.url.path + "/run/activations.h5")
    #expect(second.layers == ["layer1", "layer1.pre"])
  }

  @Test func `points of a table go where they are told`() throws {
    let scratch = try Self.run()
    try scratch.write("t,x\n0,0.5\n1,0.25\n2,0.5\n", to: "p.csv")
    let before = try scratch.files(below: "run")
    let outcome = try scratch.limbeck(
      "activations", "run", "--points", "p.csv", "--out", "a.h5", "--precision", "double")
    #expect(outcome.status == 0)
    #expect(
      outcome.errors
        == "warning: 1 point is outside the recipe's domain, where the network was not trained\n")
    let path = scratch.url.path + "/a.h5"
    let file = try ActivationFile(contentsOf: path)
    #expect(try file.coordinates.doubles(rows: 0..<3) == [0.5, 0, 0.25, 1, 0.5, 2])
    #expect(try scratch.files(below: "run") == before)
    let refused = try scratch.limbeck("activations", "run", "--out", "a.h5")
    #expect(refused.status == 74)
    #expect(
      refused.errors
        == "error: a.h5: the file exists; choose another with --out or replace it with --force\n")
    #expect(
      try scratch.limbeck("activations", "run", "--out", "folder", "--grid", "3").status == 0)
    #expect(scratch.contains("folder/activations.h5"))
    // The table reads as a table again.
    #expect(try Table(contentsOf: path + ":/fields/u_xx").rowCount == 3)
  }

  @Test(arguments: [
    (["--grid", "1"], 64, "'--grid 1' is too small; use 2 or more."),
    (
      ["--grid", "3", "--points", "p.csv"], 64,
      "'--grid' and '--points' both say where; use one of them."
    ),
    (["--layer", "2"], 65, "the network has no layer '2'; it has layer0, layer1"),
    (["--points", "none.csv"], 66, "none.csv: no such file or directory; check the path"),
    (
      ["--grid", "9000000000"], 65,
      "a grid of 9000000000 points along each of 2 variables is too large; use fewer points"
    ),
  ])
  func `what cannot be done is told`(
    arguments: [String], status: Int, sentence: String
  ) throws {
    let scratch = try Self.run()
    let outcome = try CommandLineTool.run(["activations", "run"] + arguments, in: scratch.url)
    #expect(Int(outcome.status) == status)
    #expect(outcome.errors.hasPrefix("error: \(sentence)\n"))
    #expect(!scratch.contains("run/activations.h5"))
  }
}
