import Foundation
import Testing

@Suite("limbeck sae --resume")
struct SparseAutoencoderResumeTests {
  /// A training that takes some seconds, so that it can be stopped.
  private static let long = [
    "--features", "24", "--k", "3", "--samples", "3000000", "--baselines", "none", "--json",
    "--threads", "1",
  ]

  private static let weights = "sae/layer1/sae_weights.safetensors"

  @Test func `an interrupted training goes on as if it had never stopped`() throws {
    let scratch = try ProbeCommandTests.run()
    let arguments = ["sae", "run", "--rows", "400"] + Self.long
    let command = try CommandLineTool.start(arguments + ["--out", "stopped"], in: scratch.url)
    command.wait { command.errors.contains("autoencoder of") }
    command.interrupt()
    let outcome = try command.finish()
    #expect(outcome.status == 130)
    let stopped = try #require(try outcome.json()["trained_samples"] as? Int)
    #expect(stopped < 3_000_000)
    let resumed = try scratch.limbeck(
      "sae", "run", "--out", "stopped", "--resume", "--baselines", "none", "--json",
      "--threads", "1")
    #expect(resumed.status == 0)
    #expect(try #require(try resumed.json()["trained_samples"] as? Int) > stopped)
    let whole = try CommandLineTool.run(arguments + ["--out", "whole"], in: scratch.url)
    #expect(whole.status == 0)
    #expect(
      try scratch.read("stopped/\(Self.weights)") == scratch.read("whole/\(Self.weights)"))
  }

  @Test func `a training that was killed goes on from its last checkpoint`() throws {
    let scratch = try Scratch()
    let rows = (0..<300).map { i in
      (0..<6).map { j in "\(sin(Double(i * (2 * j + 3)) / 7))" }.joined(separator: ",")
    }
    try scratch.write("a,b,c,d,e,f\n" + rows.joined(separator: "\n"), to: "a.csv")
    let arguments = ["sae", "a.csv"] + Self.long
    let command = try CommandLineTool.start(arguments + ["--out", "killed"], in: scratch.url)
    let checkpoint = "killed/sae/activations/checkpoint.safetensors"
    command.wait { scratch.contains("killed/manifest.json") && scratch.contains(checkpoint) }
    let first = try scratch.read(checkpoint)
    // The first one is of the beginning; another follows after a second.
    command.wait { (try? scratch.read(checkpoint)) != first }
    command.kill()
    // 9 is SIGKILL.
    #expect(try command.finish().status == 9)
    #expect(!scratch.contains("killed/sae/activations/metrics.json"))
    let resumed = try scratch.limbeck(
      "sae", "a.csv", "--out", "killed", "--resume", "--baselines", "none", "--threads", "1")
    #expect(resumed.status == 0)
    let whole = try CommandLineTool.run(arguments + ["--out", "whole"], in: scratch.url)
    #expect(whole.status == 0)
    let weights = "sae/activations/sae_weights.safetensors"
    #expect(try scratch.read("killed/\(weights)") == scratch.read("whole/\(weights)"))
  }

  @Test func `a finished training is made longer, and not shorter`() throws {
    let scratch = try ProbeCommandTests.run()
    let begun = try scratch.limbeck(
      "sae", "run", "--features", "8", "--k", "2", "--epochs", "5", "--rows", "400", "--json")
    #expect(try begun.json()["trained_samples"] as? Int == 2000 / 256 * 256)
    func resume(_ options: String...) throws -> CommandLineTool.Outcome {
      try CommandLineTool.run(
        ["sae", "run", "--resume", "--baselines", "none", "--json"] + options, in: scratch.url)
    }
    let same = try resume()
    #expect(same.status == 0)
    #expect(same.errors.contains("the training had ended; --samples or --epochs make it longer\n"))
    let longer = try resume("--epochs", "20")
    #expect(try longer.json()["trained_samples"] as? Int == 8000 / 256 * 256)
    let shorter = try resume("--samples", "4000")
    #expect(shorter.status == 64)
    #expect(
      shorter.errors.contains(
        "The training has seen 7936 samples already, and 4000 are asked for; ask for more."))
  }

  @Test func `a run that was trained again, and other samples, are refused`() throws {
    let scratch = try ProbeCommandTests.run()
    let begun = try scratch.limbeck(
      "sae", "run", "--features", "8", "--k", "2", "--epochs", "5", "--rows", "400", "--json")
    #expect(begun.status == 0)
    _ = try scratch.limbeck("train", "heat.yaml", "--out", "run", "--resume", "--steps", "23")
    let before = try scratch.files(below: "run/sae")
    let refused = try scratch.limbeck("sae", "run", "--resume")
    #expect(refused.status == 65)
    #expect(
      refused.errors
        == "error: run/sae/layer1: the network was trained again since this autoencoder's training "
        + "began; train a new one, without --resume\n")
    #expect(try scratch.files(below: "run/sae") == before)

    try scratch.write("a,b\n1,2\n2,3\n3,5\n", to: "a.csv")
    _ = try scratch.limbeck(
      "sae", "a.csv", "--features", "4", "--k", "1", "--samples", "100", "--out", "features")
    try scratch.write("a,b\n1,2\n2,3\n3,4\n", to: "a.csv")
    let other = try scratch.limbeck("sae", "a.csv", "--out", "features", "--resume")
    #expect(other.status == 65)
    #expect(
      other.errors.hasSuffix(
        "error: features/sae/activations: this autoencoder's training began with other activations; "
          + "train a new one, without --resume\n"))
  }

  @Test func `where nothing was trained nothing goes on`() throws {
    let scratch = try ProbeCommandTests.run()
    let outcome = try scratch.limbeck("sae", "run", "--resume")
    #expect(outcome.status == 66)
    #expect(
      outcome.errors
        == "error: run/sae/layer1: no training of an autoencoder ended here that could go on; train "
        + "without --resume\n")
  }
}
