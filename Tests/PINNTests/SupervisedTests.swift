import Foundation
import Networks
import PINN
import RunStore
import Tensors
import Testing

/// Networks fitted to tables, without any equation.
@Suite("Supervised recipes")
struct SupervisedTests {
  /// Points of the unit square, in or out of a disc, and their distance from the middle.
  private static func rows(_ count: Int, seed: UInt64) -> String {
    var random = RandomStream(seed: seed)
    let lines = (0..<count).map { _ -> String in
      let (x, y) = (random.uniform(), random.uniform())
      let distance = hypot(x - 0.5, y - 0.5)
      return "\(x),\(y),\(distance < 0.35 ? 1 : 0),\(exp(-distance))"
    }
    return "x,y,label,r\n" + lines.joined(separator: "\n") + "\n"
  }

  private static func file(_ text: String) throws -> String {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("\(UUID().uuidString).csv").path
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private func recipe(_ data: String, unknowns: String, steps: Int = 60) throws -> Recipe {
    try Recipe(
      parsing: """
        problem:
          variables: {x: [0, 1], y: [0, 1]}
          unknowns: \(unknowns)
          data: \(data)
        network: {hidden: [12]}
        training: {steps: \(steps), optimizer: lm}
        """)
  }

  @Test func `a classifier tells a disc from its surroundings`() throws {
    let path = try Self.file(Self.rows(900, seed: 1))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let recipe = try recipe(
      "{file: '\(path)', classes: label, split: [60, 20, 20]}", unknowns: "[out, in]")
    let trainer = try Trainer(recipe, threads: 2)
    let before = trainer.summary(.steps)
    let after = trainer.summary(try trainer.run())
    // Two thirds of the square lie outside: who always says so has 0.62.
    #expect(try #require(before.accuracy) < 0.8)
    #expect(try #require(after.accuracy) > 0.96)
    #expect(after.json["accuracy"]?.double == after.accuracy)
    #expect(try Recipe(parsing: recipe.yaml) == recipe)
  }

  /// The loss is the mean cross-entropy, by the formula on the network's logits.
  @Test func `the loss of a classifier is its cross-entropy`() throws {
    let path = try Self.file(Self.rows(64, seed: 2))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let recipe = try recipe("{file: '\(path)', classes: label}", unknowns: "[out, in]", steps: 3)
    let trainer = try Trainer(recipe, threads: 1)
    var losses: [Double] = []
    _ = try trainer.run(report: { losses.append($0.loss) })
    let table = try Table(contentsOf: path)
    let final = TrainedNetwork(
      network: trainer.network, parameters: trainer.checkpoint.parameters, variables: ["x", "y"],
      unknowns: ["out", "in"])
    let logits = try final.table(
      of: ["out", "in"], at: table, path: path, in: recipe.problem, threads: 1)
    let labels = try #require(table["label"])
    let entropy =
      (0..<64).map { row -> Double in
        let (a, b) = (logits.columns[2][row], logits.columns[3][row])
        return log(exp(a) + exp(b)) - (labels[row] == 1 ? b : a)
      }.reduce(0, +) / 64
    // Sums of 64 numbers near one in two orders.
    #expect(abs(try #require(losses.last) - entropy) < 1e-13)
  }

  @Test func `the last part of a split measures a regressor`() throws {
    let path = try Self.file(Self.rows(300, seed: 3))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let trainer = try Trainer(
      try recipe("{file: '\(path)', split: [60, 20, 20]}", unknowns: "[r]"), threads: 1)
    let summary = trainer.summary(try trainer.run())
    let reported = try #require(summary.relativeL2[0].error)
    let table = try Table(contentsOf: path)
    let values = try trainer.solution.table(
      of: ["r"], at: table, path: path, in: trainer.recipe.problem, threads: 1)
    let (found, truth) = (values.columns[2], try #require(table["r"]))
    let rows = 240..<300
    let expected =
      (rows.map { pow(found[$0] - truth[$0], 2) }.reduce(0, +)
      / rows.map { pow(truth[$0], 2) }.reduce(0, +)).squareRoot()
    // The same sums in another order.
    #expect(abs(reported - expected) < 1e-12)
    #expect(reported < 0.05)
  }

  @Test(
    "what cannot be trained on is told",
    arguments: [
      ("x,y,label\n0.1,0.2,0\n0.3,0.4,2\n", "classes: label", "row 2 has the class 2"),
      ("x,y,label\n0.1,0.2,0\n0.3,0.4,0.5\n", "classes: label", "the class 0.5"),
      ("x,y,r\n0.1,0.2,0\n0.3,0.4,1\n", "classes: label", "no column 'label'"),
      ("x,y,label\n0.1,0.2,0\n0.3,0.4,1\n", "classes: label, split: [60, 20, 20]", "too few"),
    ])
  func refusals(text: String, settings: String, says: String) throws {
    let path = try Self.file(text)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let recipe = try recipe("{file: '\(path)', \(settings)}", unknowns: "[out, in]")
    let error = #expect(throws: TrainingError.self) { _ = try Trainer(recipe, threads: 1) }
    #expect(error?.description.contains(says) ?? false)
  }

  @Test(
    "settings that make no sense are refused",
    arguments: [
      ("{file: a.csv, classes: label}", "[u]", "two or more unknowns"),
      ("{file: a.csv, split: [60, 40]}", "[u, v]", "three shares"),
      ("{file: a.csv, split: [60, 40, 0]}", "[u, v]", "greater than 0"),
    ])
  func settings(data: String, unknowns: String, says: String) {
    let error = #expect(throws: RecipeError.self) { _ = try recipe(data, unknowns: unknowns) }
    #expect(error?.description.contains(says) ?? false)
  }
}
