import Foundation
import Limbeck
import Testing

@Suite("The transformer example")
struct TransformerExampleTests {
  /// Runs the built command.
  ///
  /// - Returns: Its status, the lines of its standard output and its errors.
  private func run(
    _ arguments: [String]
  ) throws -> (status: Int32, lines: [String], errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
      .deletingLastPathComponent().appendingPathComponent("transformer")
    process.arguments = arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let lines = output.fileHandleForReading.readDataToEndOfFile()
    let text = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus,
      String(decoding: lines, as: UTF8.self).split(separator: "\n").map(String.init),
      String(decoding: text, as: UTF8.self)
    )
  }

  private static let models = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .appendingPathComponent("InterpretabilityTests/Attention/Models").path

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("transformer-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  @Test func `a transformer is trained, studied and drawn`() throws {
    try withFolder { folder in
      let outcome = try run([
        "--steps", "600", "--figures", folder, "--json", folder + ".json", "--threads", "2",
      ])
      defer { try? FileManager.default.removeItem(atPath: folder + ".json") }
      #expect(outcome.status == 0)
      #expect(outcome.lines.contains { $0.hasPrefix("held out: right 99.") })
      for figure in ["attention.svg", "head.svg", "ablation.svg"] {
        let text = try String(contentsOfFile: folder + "/" + figure, encoding: .utf8)
        #expect(text.contains("<svg"))
      }
      let json = try JSONValue(
        parsing: [UInt8](Data(contentsOf: URL(fileURLWithPath: folder + ".json"))))
      let attention = try #require(json["attention"]?.elements)
      #expect(attention.count == 8)
      // Some head has learned where the bracket was opened, far beyond even attention.
      let brackets = attention.compactMap { head in
        head["relations"]?.elements?.first { $0["name"]?.text == "its bracket" }
      }
      let best = brackets.compactMap { share -> Double? in
        guard let weight = share["weight"]?.double, let even = share["evenWeight"]?.double
        else { return nil }
        return weight - even
      }.max()
      #expect(try #require(best) > 0.2)
      #expect(json["neuronAblation"]?["effects"]?.elements?.count == 256)
    }
  }

  @Test(arguments: ["gpt2", "bert"]) func `a foreign model is studied`(name: String) throws {
    let outcome = try run([
      "--model", "\(Self.models)/\(name)/model.safetensors", "--tokens", "1,4,9,0;2,2,7,3",
    ])
    #expect(outcome.status == 0)
    #expect(outcome.lines.contains { $0.hasPrefix("  layer1.head1 ") })
  }

  @Test func `what is wrong is said`() throws {
    let model = "\(Self.models)/gpt2/model.safetensors"
    for (arguments, expected) in [
      (["--model", model], "--model and --tokens go together"),
      (["--model", model, "--tokens", "1,x"], "--tokens has 'x', which is no number"),
      (["--model", model, "--tokens", "1,11"], "token 11 in sequence 0, position 1 is unknown"),
      (["--model", model, "--tokens", "1,2", "--heads", "3"], "3 heads do not divide the width 8"),
      (["--model", model, "--tokens", "1"], "--tokens has one token"),
      (["--model", "nowhere.safetensors", "--tokens", "1,2"], "nowhere.safetensors"),
      (["--steps", "0"], "--steps is 0; give at least 1"),
    ] {
      let outcome = try run(arguments)
      #expect(outcome.status != 0)
      #expect(outcome.errors.contains(expected))
    }
  }
}
