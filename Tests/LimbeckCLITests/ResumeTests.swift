import Foundation
import RunStore
import Testing

@Suite("What repeats bit by bit")
struct ResumeTests {
  @Test("a resumed training is one that never stopped", arguments: ["lm", "adam"], [1, 2])
  func resumed(optimizer: String, threads: Int) throws {
    let scratch = try Scratch()
    try scratch.write(
      HeatRecipe.replacing("steps: 20", with: "optimizer: \(optimizer), resample: 15"), to: "r.yaml"
    )
    func train(_ out: String, steps: Int, threads: Int, _ options: String...) throws {
      let outcome = try CommandLineTool.run(
        [
          "train", "r.yaml", "--out", out, "--steps", "\(steps)", "--threads", "\(threads)",
          "--quiet",
        ] + options, in: scratch.url)
      #expect(outcome.status == 0)
      #expect(outcome.errors.isEmpty)
    }
    // Adam looks at its error every hundred steps, and at the end.
    let half = optimizer == "adam" ? 120 : 20
    try train("whole", steps: 2 * half, threads: 1)
    try train("parts", steps: half, threads: threads)
    let first = try scratch.read("parts/model.safetensors")
    try train("parts", steps: 2 * half, threads: threads, "--resume")
    let whole = try scratch.read("whole/model.safetensors")
    #expect(try scratch.read("parts/model.safetensors") == whole)
    #expect(first != whole)
    let histories = try ["whole", "parts"].map {
      try Self.history(scratch.read("\($0)/history.csv"))
    }
    #expect(histories[0] == histories[1])
    #expect(histories[0].count == (optimizer == "adam" ? 4 : 41))
  }

  @Test func `a first-order training of a few steps keeps what it has learnt`() throws {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.replacing("steps: 20", with: "optimizer: adam"), to: "r.yaml")
    let losses = try ["1", "60"].map { steps in
      try #require(
        scratch.limbeck("train", "r.yaml", "--steps", steps, "--json", "--out", "run-\(steps)")
          .json()["loss"] as? Double)
    }
    #expect(losses[1] < 0.9 * losses[0])
  }

  @Test func `another recipe is not resumed`() throws {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.text, to: "r.yaml")
    try scratch.write(HeatRecipe.replacing("[6, 6]", with: "[7, 6]"), to: "other.yaml")
    try #require(scratch.limbeck("train", "r.yaml", "--out", "run").status == 0)
    let before = try scratch.files(below: "run")
    let outcome = try scratch.limbeck("train", "other.yaml", "--out", "run", "--resume", "--quiet")
    #expect(outcome.status == 65)
    #expect(
      outcome.errors
        == "error: the checkpoint was made from another recipe or table of data;\n"
        + "resume with those, or start anew with --force\n")
    #expect(try scratch.files(below: "run") == before)
  }

  @Test func `a training goes on with the seed that it began with`() throws {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.text, to: "r.yaml")
    try #require(
      scratch.limbeck("train", "r.yaml", "--out", "run", "--seed", "3", "--steps", "5").status == 0)
    let resumed = try scratch.limbeck(
      "train", "r.yaml", "--out", "run", "--resume", "--steps", "8", "--json")
    #expect(try resumed.json()["epochs"] as? Int == 8)
  }

  @Test func `where nothing was kept, nothing goes on`() throws {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.text, to: "r.yaml")
    try #require(
      scratch.limbeck("train", "r.yaml", "--out", "run", "--steps", "1", "--quiet").status == 0)
    try FileManager.default.removeItem(at: scratch.url.appending(path: "run/checkpoint"))
    let outcome = try scratch.limbeck("train", "r.yaml", "--out", "run", "--resume", "--quiet")
    #expect(outcome.status == 66)
    #expect(
      outcome.errors.hasSuffix(
        "run: no training got as far as a checkpoint here; start anew with --force\n"))
  }

  @Test func `a search repeats for any number of threads and differs for another seed`() throws {
    let scratch = try Scratch()
    try scratch.write(SampleTable.text, to: "data.csv")
    func search(threads: Int, seed: Int) throws -> [String] {
      let outcome = try scratch.limbeck(
        "distill", "data.csv", "--evaluations", "20000", "--grammar", "arithmetic",
        "--seed", "\(seed)", "--threads", "\(threads)", "--json", "--quiet")
      #expect(outcome.status == 0)
      // The one thing that time changes stands on a line of its own.
      return outcome.output.split(separator: "\n").map(String.init)
        .filter { !$0.contains("\"seconds\"") }
    }
    let one = try search(threads: 1, seed: 3)
    #expect(try search(threads: 1, seed: 3) == one)
    #expect(try search(threads: 2, seed: 3) == one)
    #expect(try search(threads: 1, seed: 4) != one)
  }

  @Test func `a resumed search finds what one that was never stopped finds`() throws {
    let scratch = try Scratch()
    // Rounded to tenths, so that no formula is exact and the search never ends early.
    try scratch.write(SampleTable.text(rounding: { ($0 * 10).rounded() / 10 }), to: "data.csv")
    func search(_ evaluations: String, in out: String, _ more: String...) throws -> JSONValue {
      let outcome = try CommandLineTool.run(
        ["distill", "data.csv", "--evaluations", evaluations, "--out", out, "--json", "--quiet"]
          + more, in: scratch.url)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let document = try JSONValue(parsing: outcome.output.utf8)
      return try #require(document["front"])
    }
    let whole = try search("60000", in: "a")
    let half = try search("20000", in: "b")
    #expect(try search("60000", in: "b", "--resume") == whole)
    #expect(half != whole)
    let lost = try scratch.limbeck("distill", "data.csv", "--out", "c", "--resume")
    #expect(lost.status == 66)
  }

  /// The rows of a history without the seconds.
  private static func history(_ data: Data) -> [[Substring]] {
    String(decoding: data, as: UTF8.self).split(separator: "\n").map { line in
      var fields = line.split(separator: ",", omittingEmptySubsequences: false)
      fields.remove(at: 1)
      return fields
    }
  }
}
