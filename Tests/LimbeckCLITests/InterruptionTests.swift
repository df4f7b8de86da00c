import Foundation
import Testing

@Suite("Ctrl-C")
struct InterruptionTests {
  @Test func `the first one saves what there is, which can be used and continued`() throws {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.replacing("steps: 20", with: "time: 100"), to: "r.yaml")
    try scratch.write("x,t\n0.5,0\n", to: "points.csv")
    let command = try CommandLineTool.start(
      ["train", "r.yaml", "--out", "run", "--json", "--quiet"], in: scratch.url)
    command.wait { Self.rows(scratch) > 5 }
    command.interrupt()
    let outcome = try command.finish()
    #expect(outcome.status == 130)
    #expect(outcome.errors.isEmpty)
    #expect(try outcome.json()["stopped"] as? String == "interrupted")
    let steps = try #require(try outcome.json()["epochs"] as? Int)
    #expect(scratch.contains("run/checkpoint/state.json"))
    #expect(scratch.contains("run/manifest.json"))
    #expect(Self.rows(scratch) == steps)
    let evaluated = try scratch.limbeck("evaluate", "run", "--at", "points.csv", "--json")
    // The sine is 1 there, and a few steps bring the network near it.
    #expect(abs(try #require((evaluated.json()["u"] as? [Double])?.first) - 1) < 0.3)
    let resumed = try scratch.limbeck(
      "train", "r.yaml", "--out", "run", "--resume", "--steps", "\(steps + 3)", "--json")
    #expect(try resumed.json()["epochs"] as? Int == steps + 3)
  }

  @Test func `a search prints the best so far`() throws {
    let scratch = try Scratch()
    // Noise, so that no formula ends the search.
    let rows = (0..<50).map { "\($0),\(Double(($0 * 7919 + 13) % 101))\n" }
    try scratch.write("x,y\n" + rows.joined(), to: "data.csv")
    let command = try CommandLineTool.start(
      ["distill", "data.csv", "--time", "100", "--json", "--out", "found"], in: scratch.url)
    command.wait { command.errors.contains("searching equations") }
    // Some epochs of the search.
    Thread.sleep(forTimeInterval: 1)
    command.interrupt()
    let outcome = try command.finish()
    #expect(outcome.status == 130)
    #expect(try outcome.json()["stopped"] as? String == "interrupted")
    #expect(try #require(outcome.json()["front"] as? [Any]).count > 1)
    #expect(scratch.contains("found/equations.json"))
  }

  @Test func `a study, which has nothing to save yet, stops at once and leaves the run as it was`()
    throws
  {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.replacing("[6, 6]", with: "[64, 64, 64]"), to: "r.yaml")
    try #require(
      scratch.limbeck("train", "r.yaml", "--out", "run", "--steps", "1", "--quiet").status == 0)
    let before = try scratch.files(below: "run")
    let command = try CommandLineTool.start(
      ["probe", "run", "--rows", "200000", "--quiet"], in: scratch.url)
    // Far less than the study takes, and more than the program takes to start.
    Thread.sleep(forTimeInterval: 0.5)
    command.interrupt()
    #expect(try command.finish().status == 130)
    #expect(try scratch.files(below: "run") == before)
  }

  @Test func `the second one stops at once`() throws {
    let scratch = try Scratch()
    // A step on so many points takes a good part of a second.
    try scratch.write(
      HeatRecipe.replacing("interior: 100", with: "interior: 200000")
        .replacing("[6, 6]", with: "[64, 64, 64, 64]")
        .replacing("steps: 20", with: "optimizer: adam, time: 100"), to: "r.yaml")
    let command = try CommandLineTool.start(["train", "r.yaml", "--out", "run"], in: scratch.url)
    command.wait { scratch.contains("run/history.csv") }
    // Until the first step has begun.
    Thread.sleep(forTimeInterval: 0.3)
    command.interrupt()
    Thread.sleep(forTimeInterval: 0.02)
    command.interrupt()
    let outcome = try command.finish()
    #expect(outcome.status == 130)
    #expect(outcome.output.isEmpty)
    #expect(!scratch.contains("run/model.safetensors"))
  }

  /// Number of records in the history of the run.
  private static func rows(_ scratch: Scratch) -> Int {
    let bytes = (try? scratch.read("run/history.csv")) ?? Data()
    return max(0, bytes.count { $0 == UInt8(ascii: "\n") } - 1)
  }
}
