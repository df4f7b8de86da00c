import Foundation
import Testing

@Suite("limbeck circuit, limbeck spectrum and studies of training")
struct StudyCommandTests {
  private static func text(_ name: String, of scratch: Scratch) throws -> String {
    String(decoding: try scratch.read(name), as: UTF8.self)
  }

  private static func run() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.text, to: "heat.yaml")
    let outcome = try scratch.limbeck(
      "train", "heat.yaml", "--out", "run", "--snapshots", "5", "--quiet")
    #expect(outcome.status == 0)
    #expect(scratch.contains("run/checkpoint/snapshots.safetensors"))
    return scratch
  }

  @Test func `circuits and spectra are printed and kept`() throws {
    let scratch = try Self.run()
    let circuit = try scratch.limbeck(
      "circuit", "run", "--tolerance", "0.2", "--rows", "64", "--json")
    #expect(circuit.status == 0)
    let found = try circuit.json()
    #expect(try #require(found["damage"] as? Double) <= 0.2)
    #expect(try #require(found["minimality"] as? Double) > 1)
    #expect(try #require(found["subnetworks"] as? [[String: Any]]).count == 3)
    for file in ["circuit.json", "circuit-edges.csv", "subnetworks.csv"] {
      #expect(scratch.contains("run/\(file)"))
    }
    let edges = try Self.text("run/circuit-edges.csv", of: scratch)
    #expect(
      edges.hasPrefix(
        "layer,source,target,weight,in_circuit,solution,equations,conditions\n0,x,layer0.neuron0,"))
    // The same seed gives the same bits for any number of threads.
    let again = try scratch.limbeck(
      "circuit", "run", "--tolerance", "0.2", "--rows", "64", "--json", "--threads", "3")
    #expect(again.output == circuit.output)

    let spectrum = try scratch.limbeck("spectrum", "run", "--json")
    #expect(spectrum.status == 0)
    #expect(try #require(try spectrum.json()["moments"] as? Int) == 5)
    for file in ["spectrum.json", "spectra.csv", "spectrum-training.csv"] {
      #expect(scratch.contains("run/\(file)"))
    }
    let history = try scratch.limbeck(
      "probe", "run", "--over-training", "--targets", "u_x", "--rows", "100", "--json")
    #expect(try #require(try history.json()["rows"] as? [[String: Any]]).count == 5 * 2)
    let neurons = try scratch.limbeck(
      "probe", "run", "--neurons", "--targets", "u_x", "--rows", "100", "--json")
    // Sets of 1, 2 and 4 of six neurons, pairs and triplets, of two layers.
    #expect(try #require(try neurons.json()["rows"] as? [[String: Any]]).count == 2 * 5)
    #expect(scratch.contains("run/probes-training.csv") && scratch.contains("run/readings.csv"))
  }

  @Test func `rescaled networks are trained again beside what was predicted`() throws {
    let scratch = try Self.run()
    let arguments = ["spectrum", "run", "--factors", "1,2", "--json"]
    let predicted = try CommandLineTool.run(arguments, in: scratch.url)
    let before = try #require(try predicted.json()["rescalings"] as? [[String: Any]])
    #expect(before.map { $0["factor"] as? Double } == [1, 2])
    #expect(before.allSatisfy { $0["steps"] is NSNull && $0["predicted"] is [Any] })

    let outcome = try CommandLineTool.run(arguments + ["--retrain"], in: scratch.url)
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("training with the first layer times 2"))
    let document = try outcome.json()
    let seen = try #require(document["rescalings"] as? [[String: Any]])
    let order = try #require(document["order"] as? [[String: Any]])
    for rescaling in seen {
      let steps = try #require(rescaling["steps"] as? [Any])
      #expect(steps.count == order.count)
    }
    // A factor of 1 is the training that the run holds.
    #expect(
      (seen[0]["steps"] as? [Any])?.map { $0 as? Int } == order.map { $0["step"] as? Int })
    let refused = try CommandLineTool.run(
      ["spectrum", "run", "--factors", "0,2"], in: scratch.url)
    #expect(refused.status == 64)
  }

  @Test func `activations are patched between runs and inputs`() throws {
    let scratch = try Self.run()
    #expect(
      try scratch.limbeck(
        "train", "heat.yaml", "--out", "other", "--seed", "7", "--quiet"
      ).status == 0)
    let layers = try scratch.limbeck("patch", "run", "--from", "other", "--json")
    let effects = try #require(try layers.json()["effects"] as? [[String: Any]])
    #expect(effects.map { $0["place"] as? String } == ["layer0", "layer1"])
    // What comes behind a layer is each network's own: nothing is moved or brought back exactly.
    for effect in effects { #expect(try #require(effect["harm"] as? Double) > 0.01) }
    let path = try scratch.limbeck(
      "patch", "run", "--shift", "x=0.1", "--path", "layer0.neuron3,layer1.neuron5")
    #expect(path.status == 0 && path.output.contains("layer0.neuron3 > layer1.neuron5"))
    #expect(
      try Self.text("run/patches.csv", of: scratch).hasPrefix("place,harm,restored,residual1_in,"))
    let sweep = try scratch.limbeck("patch", "run", "--sweep", "all", "--rows", "100", "--quiet")
    #expect(sweep.status == 0)
    let table = try Self.text("run/patches.csv", of: scratch)
    #expect(
      table.hasPrefix(
        "intervention,change_u,residual1,condition1,condition2,condition3,error_u\nnone,"))
    // The network as it is, and twelve neurons.
    #expect(table.split(separator: "\n").count == 1 + 1 + 12)
  }

  @Test func `what does not fit is refused with what to do`() throws {
    let scratch = try Self.run()
    try scratch.write(
      HeatRecipe.replacing("hidden: [6, 6]", with: "hidden: [5]"), to: "small.yaml")
    #expect(
      try scratch.limbeck("train", "small.yaml", "--out", "small", "--quiet").status == 0)
    let outcome = try scratch.limbeck("patch", "run", "--from", "small")
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("do not fit into 'mlp 6 6'; patch runs of one architecture"))
    let unkept = try scratch.limbeck("probe", "small", "--over-training")
    #expect(unkept.status == 65)
    #expect(unkept.errors.contains("train with --snapshots 60 to keep them"))
    #expect(try scratch.limbeck("circuit", "run", "--tolerance", "2").status == 64)
    #expect(try scratch.limbeck("patch", "run", "--path", "layer0.neuron1").status == 64)
  }
}
