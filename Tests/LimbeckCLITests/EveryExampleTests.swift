import Foundation
import RunStore
import Testing

/// Everything under Examples, run as a user runs it but for seconds: what has to stay whole is the way from
/// a recipe to its files, whatever little is learned in five steps.
@Suite("Every example, with a small budget")
struct EveryExampleTests {
  private static let folder = CommandLineTool.root.appendingPathComponent("Examples")

  /// Every recipe under Examples, by its path there.
  private static let recipes: [String] = {
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (files ?? []).filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  private static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  @Test func `there are recipes`() {
    #expect(Self.recipes.count >= 30)
  }

  @Test(arguments: recipes)
  func `a recipe is trained and distilled`(name: String) throws {
    let scratch = try Scratch()
    let recipe = try String(contentsOfFile: Self.path(name), encoding: .utf8)
    // First-order methods go slowly, and log every hundredth step.
    let steps = recipe.contains("optimizer: adam") ? "200" : "5"
    let training = try scratch.limbeck(
      "train", Self.path(name), "--steps", steps, "--out", "run", "--quiet")
    #expect(training.status == 0, "\(training.errors)")
    for file in ["recipe.yaml", "model.safetensors", "history.csv", "manifest.json"] {
      #expect(scratch.contains("run/\(file)"))
    }
    let losses = try Self.losses(of: scratch.read("run/history.csv"))
    #expect(losses.count >= 2)
    #expect(try #require(losses.last) < #require(losses.first))

    let search = try scratch.limbeck("distill", "run", "--evaluations", "3000", "--json")
    // 75: nothing better than a constant by then.
    #expect([0, 75].contains(search.status), "\(search.errors)")
    #expect(try #require(try search.json()["front"] as? [Any]).count >= 1)
    #expect(scratch.contains("run/equations.csv"))
  }

  private static func losses(of history: Data) throws -> [Double] {
    let lines = String(decoding: history, as: UTF8.self).split(separator: "\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let column = try #require(lines.first?.firstIndex(of: "loss"))
    return try lines.dropFirst().map { try #require(Double($0[column])) }
  }

  // MARK: - Executables

  @Test func `superposition is seen and undone`() throws {
    let scratch = try Scratch()
    let outcome = try CommandLineTool.run([], product: "superposition", in: scratch.url)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("dimensions, of which a sparse autoencoder finds"))
  }

  @Test func `the gate's data are made again, and a run is drawn`() throws {
    let scratch = try Scratch()
    let made = try CommandLineTool.run(
      ["data", "--out", "."], product: "hodgkin-huxley", in: scratch.url)
    #expect(made.status == 0, "\(made.errors)")
    for file in ["train.csv", "test.csv"] {
      let table = try Table(contentsOf: scratch.url.appendingPathComponent(file).path)
      let kept = try Table(contentsOf: Self.path("hodgkin-huxley/\(file)"))
      #expect(table.names == ["t", "m"] && table.columns[0] == kept.columns[0])
      // Another mathematical library may round another way.
      for (m, old) in zip(table.columns[1], kept.columns[1]) { #expect(abs(m - old) < 1e-10) }
    }
    let training = try scratch.limbeck(
      "train", Self.path("hodgkin-huxley/hodgkin-huxley.yaml"), "--steps", "3", "--out", "run")
    #expect(training.status == 0)
    let drawn = try CommandLineTool.run(
      ["figure", "run", "--out", "gate.svg"], product: "hodgkin-huxley", in: scratch.url)
    #expect(drawn.status == 0, "\(drawn.errors)")
    let figure = String(decoding: try scratch.read("gate.svg"), as: UTF8.self)
    #expect(figure.contains("<svg"))
  }

  @Test func `a noiseless gate obeys its law`() throws {
    // Central differences of the values themselves: the largest third derivative is near 2, the step 0.1.
    let table = try ["train.csv", "test.csv"].map {
      try Table(contentsOf: Self.path("hodgkin-huxley/\($0)"))
    }
    let rows = zip(
      table[0].columns[0] + table[1].columns[0], table[0].columns[1] + table[1].columns[1]
    )
    .sorted { $0.0 < $1.0 }
    #expect(rows.count == 500 && rows.map(\.0).first == 0 && rows.map(\.0).last == 50)
    for index in 1..<rows.count - 1 {
      let (t, m) = rows[index]
      let voltage = -45 + 30 * sin(0.4 * t)
      let opening = 0.1 * (voltage + 40) / (1 - exp(-(voltage + 40) / 10))
      let slope = opening * (1 - m) - 4 * exp(-(voltage + 65) / 18) * m
      let difference =
        (rows[index + 1].1 - rows[index - 1].1) / (rows[index + 1].0 - rows[index - 1].0)
      #expect(abs(difference - slope) < 0.01)
    }
  }

  // MARK: - Scripts of the standard library

  /// Whether there is a Python to run scripts with.
  private static let hasPython =
    (try? CommandLineTool.run(
      ["python3", "--version"], product: "/usr/bin/env",
      in: URL(fileURLWithPath: NSTemporaryDirectory())))?.status == 0

  @Test(.enabled(if: hasPython)) func `the weather is made again`() throws {
    let scratch = try Scratch()
    #expect(try scratch.python("precipitation/data.py").status == 0)
    for file in ["phase.csv", "snowfall.csv"] {
      let kept = try Data(contentsOf: URL(fileURLWithPath: Self.path("precipitation/\(file)")))
      #expect(try scratch.read(file) == kept)
    }
  }

  @Test(.enabled(if: hasPython)) func `a gate's law is prepared`() throws {
    let scratch = try Scratch()
    let training = try scratch.limbeck(
      "train", Self.path("hodgkin-huxley/data-only.yaml"), "--steps", "3", "--out", "run")
    #expect(training.status == 0)
    let prepared = try scratch.python(
      "hodgkin-huxley/law.py", "run", "--limbeck", CommandLineTool.path(of: "limbeck"))
    #expect(prepared.status == 0, "\(prepared.errors)")
    let table = try Table(contentsOf: scratch.url.appendingPathComponent("law.csv").path)
    #expect(table.names == ["V", "m", "rate"] && table.rowCount == 999)
    let search = try scratch.limbeck(
      "distill", "law.csv", "--grammar", Self.path("hodgkin-huxley/law.grammar"),
      "--evaluations", "3000", "--json")
    #expect([0, 75].contains(search.status), "\(search.errors)")
  }

  @Test(.enabled(if: hasPython)) func `a noisy oracle is asked`() throws {
    let scratch = try Scratch()
    let training = try scratch.limbeck(
      "train", Self.path("heat/heat.yaml"), "--steps", "60", "--out", "run")
    #expect(training.status == 0)
    let outcome = try scratch.python(
      "heat/noise.py", "run", "--limbeck", CommandLineTool.path(of: "limbeck"), "--time", "0.3",
      "--levels", "0,0.1")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 3 && lines[1].hasPrefix("   0%") && lines[2].hasPrefix("  10%"))
  }
}

extension Scratch {
  /// Runs a script of the examples in the directory.
  fileprivate func python(_ script: String, _ arguments: String...) throws
    -> CommandLineTool.Outcome
  {
    let path = CommandLineTool.root.appendingPathComponent("Examples/\(script)").path
    return try CommandLineTool.run(
      ["python3", path] + arguments, product: "/usr/bin/env", in: url)
  }
}
