import Foundation
import Testing

@Suite("What is written about a search")
struct SearchRecordTests {
  @Test func `a trace has a line for each improvement, and goes on with the search`() throws {
    let scratch = try Scratch()
    try scratch.write(SearchSession.noise, to: "data.csv")
    let options = [
      "--trace", "trace.jsonl", "--tensorboard", "curves", "--out", "found", "--quiet",
    ]
    let first = try CommandLineTool.run(
      ["distill", "data.csv", "--evaluations", "20000"] + options, in: scratch.url)
    #expect(first.status == 0)
    let lines = try Self.lines(scratch)
    #expect(lines.count > 3)
    for line in lines {
      #expect(
        line.keys.sorted() == [
          "complexity", "equation", "evaluations", "loss", "residual", "seconds", "target",
        ])
    }
    // Each is better than all before it of its complexity.
    for (index, line) in lines.enumerated() {
      let complexity = try #require(line["complexity"] as? Int)
      let loss = try #require(line["loss"] as? Double)
      let earlier = lines[..<index].filter { $0["complexity"] as? Int == complexity }
      #expect(earlier.allSatisfy { ($0["loss"] as? Double ?? 0) > loss })
    }
    let refused = try CommandLineTool.run(
      ["distill", "data.csv", "--evaluations", "10", "--trace", "trace.jsonl"], in: scratch.url)
    #expect(refused.status == 74)
    #expect(
      refused.errors.hasSuffix(
        "error: trace.jsonl: the file exists; choose another with --trace "
          + "or replace it with --force\n"))
    let resumed = try CommandLineTool.run(
      ["distill", "data.csv", "--resume", "--evaluations", "60000"] + options, in: scratch.url)
    #expect(resumed.status == 0)
    #expect(try Self.lines(scratch).count >= lines.count)
    #expect(try scratch.files(below: "curves").count == 2)
  }

  @Test func `a directory that is missing is named`() throws {
    let scratch = try Scratch()
    try scratch.write(SearchSession.noise, to: "data.csv")
    let outcome = try scratch.limbeck(
      "distill", "data.csv", "--trace", "none/t.jsonl", "--quiet")
    #expect(outcome.status == 74)
    #expect(
      outcome.errors
        == "error: none/t.jsonl: cannot write it: No such file or directory\n")
  }

  private static func lines(_ scratch: Scratch) throws -> [[String: Any]] {
    let text = String(decoding: try scratch.read("trace.jsonl"), as: UTF8.self)
    return try text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }
}
