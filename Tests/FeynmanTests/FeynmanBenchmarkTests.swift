import Foundation
import Limbeck
import Testing

import feynman

@Suite("The benchmark")
struct FeynmanBenchmarkTests {
  /// Runs the built command.
  ///
  /// - Returns: Its status and the lines of its standard output.
  private func run(_ arguments: [String]) throws -> (status: Int32, lines: [String]) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
      .deletingLastPathComponent().appendingPathComponent("feynman")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus,
      String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    )
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("feynman-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  @Test func `an easy law is found, proved and reported`() throws {
    try withFolder { folder in
      let outcome = try run([
        "--only", "I.12.5", "--rows", "300", "--seconds", "20", "--threads", "1", "--seeds",
        "1...2", "--json", folder + "/results.jsonl",
      ])
      #expect(outcome.status == 0)
      #expect(outcome.lines.count { $0.hasPrefix("I.12.5") && $0.contains("proved") } == 2)
      #expect(outcome.lines.contains("seed 2: 1 of 1 found, 1 proved"))
      let lines = try String(contentsOfFile: folder + "/results.jsonl", encoding: .utf8)
        .split(separator: "\n")
      #expect(lines.count == 2)
      let record = try JSONValue(parsing: Array(lines[0].utf8))
      #expect(record["id"]?.text == "I.12.5" && record["conditions"]?["rows"]?.int == 300)
      #expect(record["law"]?.text == "q2*Ef")
      let best = try #require(record["best"]?.int)
      let front = try #require(record["front"]?.elements)
      #expect(front[best]["nodes"]?.int == 3)
      // Rounding: the relative loss of a product in double precision is near 1e-32.
      #expect(try #require(front[best]["loss"]?.double) < 1e-28)
    }
  }

  /// One seed proves nothing, as chance finds much: four with the idea against the same four without.
  @Test func `a law of differences is found by its symmetries`() throws {
    try withFolder { folder in
      let file = folder + "/differences.problems"
      try """
      source: test

      [differences] a law of two differences
      f = exp(-(a - b)^2/2)*cos(c - d)
      a, b, c, d in [1, 3]
      rows 4000
      """.write(toFile: file, atomically: true, encoding: .utf8)
      let arguments = ["--problems", file, "--seeds", "1...4", "--evaluations", "200000"]
      let with = try run(arguments).lines
      let without = try run(arguments + ["--without", "symmetries"]).lines
      #expect(with.count { $0.hasPrefix("differences") && $0.contains("proved") } >= 3)
      #expect(without.count { $0.hasPrefix("differences") && $0.contains(" – ") } == 4)
    }
  }

  @Test func `tables are written as they are searched`() throws {
    try withFolder { folder in
      let outcome = try run([
        "--problems", "keijzer", "--only", "Keijzer-1", "--irrelevant", "2", "--tables", folder,
      ])
      #expect(outcome.status == 0)
      let law = try #require(try ShippedProblems.keijzer.problems().first)
      let table = try Observations(
        of: law, under: Conditions(rows: 10_000, noise: nil, irrelevant: 2), seed: 1
      ).table
      let array = try NumpyArray(contentsOf: folder + "/Keijzer-1-1.npy")
      #expect(array.shape == [21, 4])
      #expect(array.doubles == (0..<21).flatMap { row in table.columns.map { $0[row] } })
      let task = try String(contentsOfFile: folder + "/tasks.jsonl", encoding: .utf8)
      #expect(task.contains(#""table":"Keijzer-1-1.npy""#))
    }
  }

  @Test(arguments: [
    ["--seeds", "5...1"], ["--seeds", "a"], ["--rows", "2"], ["--only", "I.12.55"],
    ["--problems", "feinman"], ["--grammar", "none"], ["--check"],
  ])
  func `what makes no sense is refused`(arguments: [String]) throws {
    #expect(try run(arguments + ["--seconds", "0.1"]).status != 0)
  }

  @Test(arguments: [("3", [3]), ("1...4", [1, 2, 3, 4]), ("2,9,4", [2, 9, 4])])
  func `seeds are read`(text: String, seeds: [Int]) {
    #expect(SeedList(argument: text)?.seeds == seeds)
  }
}
