import Foundation
import Testing

@Suite("Where results go")
struct OutputDirectoryTests {
  @Test(arguments: [["train", "r.yaml"], ["run", "r.yaml"], ["distill", "data.csv"]])
  func `a directory with files is refused`(command: [String]) throws {
    let scratch = try Self.inputs()
    try scratch.write("mine", to: "notes.txt")
    let before = try scratch.files(below: ".")
    let outcome = try CommandLineTool.run(command + ["--out", "."], in: scratch.url)
    #expect(outcome.status == 74)
    #expect(
      outcome.errors
        == "error: .: the directory is not empty; choose another with --out, "
        + "replace the run with --force or continue it with --resume\n")
    #expect(try scratch.files(below: ".") == before)
  }

  @Test(arguments: [
    ("r.yaml", "r.yaml: not a directory; choose another with --out"),
    // Not even root can write there.
    ("r.yaml/run", "r.yaml/run: cannot write it: Not a directory"),
    ("/proc/run", "/proc/run: cannot write it: No such file or directory"),
  ])
  func `what cannot be written is refused before the work`(
    path: String, sentence: String
  ) throws {
    let scratch = try Self.inputs()
    for command in [["train", "r.yaml"], ["distill", "data.csv"]] {
      let outcome = try CommandLineTool.run(command + ["--out", path, "--quiet"], in: scratch.url)
      #expect(outcome.status == 74)
      #expect(outcome.errors == "error: \(sentence)\n")
      #expect(outcome.output.isEmpty)
    }
  }

  @Test func `a full disk behind standard output is an error`() throws {
    let scratch = try Self.inputs()
    try scratch.write(
      "exec \"$1\" distill data.csv --evaluations 1 --quiet > /dev/full", to: "run.sh")
    let tool = CommandLineTool.path(of: "limbeck")
    let outcome = try CommandLineTool.run(["run.sh", tool], product: "/bin/sh", in: scratch.url)
    #expect(outcome.status == 74)
    #expect(outcome.errors == "error: standard output: cannot write it: No space left on device\n")
  }

  @Test func `a reader that leaves early sees no trace of a crash`() throws {
    let scratch = try Self.inputs()
    try scratch.write(
      "\"$1\" distill data.csv --evaluations 1 --json --quiet | head -n 1", to: "run.sh")
    let tool = CommandLineTool.path(of: "limbeck")
    let outcome = try CommandLineTool.run(["run.sh", tool], product: "/bin/sh", in: scratch.url)
    #expect(outcome.output == "{\n")
    #expect(outcome.errors.isEmpty)
  }

  @Test func `a failed replacement leaves the earlier run as it was`() throws {
    let scratch = try Self.inputs()
    try scratch.write(HeatRecipe.diverging, to: "diverging.yaml")
    try #require(scratch.limbeck("train", "r.yaml", "--out", "run").status == 0)
    let before = try scratch.files(below: "run")
    #expect(before.keys.contains("model.safetensors"))
    let failed = try scratch.limbeck("train", "diverging.yaml", "--out", "run", "--force")
    #expect(failed.status == 70)
    #expect(try scratch.files(below: "run") == before)
    let replaced = try scratch.limbeck(
      "train", "r.yaml", "--seed", "2", "--out", "run", "--force")
    #expect(replaced.status == 0)
    let after = try scratch.files(below: "run")
    #expect(after.keys.sorted() == before.keys.sorted())
    #expect(after["model.safetensors"] != before["model.safetensors"])
  }

  @Test func `other files than a run's survive --force`() throws {
    let scratch = try Self.inputs()
    try #require(scratch.limbeck("train", "r.yaml", "--out", "run").status == 0)
    try scratch.write("mine", to: "run/notes.txt")
    try #require(scratch.limbeck("train", "r.yaml", "--out", "run", "--force").status == 0)
    #expect(try scratch.read("run/notes.txt") == Data("mine".utf8))
  }

  /// A directory with a recipe and a table.
  private static func inputs() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(HeatRecipe.text, to: "r.yaml")
    try scratch.write(SampleTable.text, to: "data.csv")
    return scratch
  }
}
