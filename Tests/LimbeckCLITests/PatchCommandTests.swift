import Foundation
import Testing

@Suite("limbeck patch and limbeck compare")
struct PatchCommandTests {
  private static func run() throws -> Scratch {
    let scratch = try ProbeCommandTests.run()
    let outcome = try scratch.limbeck(
      "sae", "run", "--layer", "layer1", "--features", "8", "--k", "2", "--epochs", "10", "--rows",
      "400", "--baselines", "none", "--quiet")
    #expect(outcome.status == 0)
    return scratch
  }

  private static func change(_ outcome: CommandLineTool.Outcome) throws -> Double {
    let effects = try #require(try outcome.json()["effects"] as? [[String: Any]])
    return try #require((effects.first?["change"] as? [Double])?.first)
  }

  @Test func `neurons are resampled and features of an autoencoder changed`() throws {
    let scratch = try Self.run()
    func patch(_ arguments: String...) throws -> CommandLineTool.Outcome {
      let outcome = try CommandLineTool.run(
        ["patch", "run", "--rows", "100", "--json"] + arguments, in: scratch.url)
      #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
      return outcome
    }
    let resampled = try patch("--resample", "layer1.neuron2", "--threads", "1")
    #expect(try Self.change(resampled) > 0)
    #expect(
      try patch("--resample", "layer1.neuron2", "--threads", "3").output == resampled.output)
    #expect(try patch("--resample", "layer1.neuron2", "--seed", "9").output != resampled.output)

    let sweep = try patch("--sweep", "sae.layer1")
    let effects = try #require(try sweep.json()["effects"] as? [[String: Any]])
    #expect(effects.count == 8)
    let changes = effects.compactMap { ($0["change"] as? [Double])?.first }
    let largest = try #require(changes.max())
    let feature = try #require(changes.firstIndex(of: largest))
    let zero = try Self.change(patch("--zero", "sae.layer1.feature\(feature)"))
    let scaled = try Self.change(patch("--scale", "sae.layer1.feature\(feature)=3"))
    // Products of matrices of another order round otherwise.
    #expect(abs(zero - largest) < 1e-9 * largest && scaled > 0)
    #expect(try Self.change(patch("--add", "sae.layer1.feature\(feature)=0.3")) > 0)
    #expect(try Self.change(patch("--resample", "sae.layer1.feature\(feature)")) > 0)
    _ = try patch("--sweep", "layer1", "--by", "resample")
    #expect(
      String(decoding: try scratch.read("run/patches.csv"), as: UTF8.self)
        .contains("layer1.neuron0 = resample"))

    let missing = try scratch.limbeck("patch", "run", "--zero", "sae.layer1.feature8")
    #expect(missing.status == 65 && missing.errors.contains("'sae.layer1.feature7'"))
    #expect(try scratch.limbeck("patch", "run", "--sweep", "sae.layer0").status == 66)
  }

  @Test func `effects are kept at every point, and neurons attributed`() throws {
    let scratch = try ProbeCommandTests.run()
    for name in ["effects.h5", "effects.csv"] {
      let outcome = try scratch.limbeck(
        "patch", "run", "--zero", "layer1.neuron0", "--fields", name, "--rows", "100")
      #expect(outcome.status == 0 && scratch.contains(name))
    }
    let table = String(decoding: try scratch.read("effects.csv"), as: UTF8.self)
    #expect(table.hasPrefix("x,t,condition,u,u_changed,u_change,residual1,"))
    // A grid of 10 × 10, and three conditions of ten points.
    #expect(table.split(separator: "\n").count == 1 + 100 + 30)
    let again = ["patch", "run", "--zero", "layer1", "--fields", "effects.csv"]
    #expect(try CommandLineTool.run(again, in: scratch.url).status == 74)
    #expect(try CommandLineTool.run(again + ["--force"], in: scratch.url).status == 0)
    let other = try scratch.limbeck("patch", "run", "--zero", "layer1", "--fields", "effects.txt")
    #expect(other.status == 64)

    let attribution = try scratch.limbeck("patch", "run", "--attribute", "last", "--rows", "100")
    #expect(attribution.status == 0 && attribution.output.contains("completeness: "))
    let kept = String(decoding: try scratch.read("run/attribution.csv"), as: UTF8.self)
    #expect(kept.hasPrefix("unknown,layer,neuron,direct,gradient,size,ablation\nu,layer1,0,"))
    #expect(
      try scratch.limbeck("patch", "run", "--attribute", "last", "--by", "resample").status == 64)
  }

  @Test func `layers are compared within a run and between runs`() throws {
    let scratch = try ProbeCommandTests.run()
    let within = try scratch.limbeck("compare", "run", "--rows", "100", "--json")
    let pairs = try #require(try within.json()["pairs"] as? [[String: Any]])
    #expect(pairs.count == 4)
    #expect(abs(try #require(pairs[0]["cka"] as? Double) - 1) < 1e-12)
    for file in ["representation.json", "representation.csv"] {
      #expect(scratch.contains("run/\(file)"))
    }
    try scratch.write(HeatRecipe.text, to: "heat.yaml")
    let other = try scratch.limbeck(
      "train", "heat.yaml", "--out", "other", "--seed", "7", "--quiet")
    #expect(other.status == 0)
    let between = try scratch.limbeck("compare", "run", "other", "--rows", "100")
    #expect(between.status == 0 && between.output.contains("CKA: columns other, rows run"))
    #expect(try scratch.limbeck("compare", "run", "run").status == 64)
    #expect(try scratch.limbeck("compare", "run", "nothing").status == 66)
  }
}
