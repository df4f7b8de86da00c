import Foundation
import Symbolic
import Tensors
import Testing

@Suite("Search by other losses")
struct LossSearchTests {
  private static let operators = "binary + - * /\nunary sin exp\nmaxsize 15\nloss "

  /// `y = f(a, b)` with every tenth row far off.
  private func spoilt(_ f: (Double, Double) -> Double) throws -> SearchTable {
    let clean = try SearchExamples.table(rows: 300, f)
    let target = clean.target.enumerated().map { $0 % 10 == 3 ? $1 + 40 : $1 }
    return try SearchTable(
      variables: clean.variables, columns: clean.columns, targetName: "y", target: target)
  }

  private func hall(_ loss: String, _ table: SearchTable) throws -> HallOfFame {
    let grammar = try Grammar(contentsOf: Self.operators + loss, file: "g")
    let search = try IslandSearch(table, grammar: grammar, options: SearchExamples.small, seed: 2)
    return search.run(budget: SearchBudget(evaluations: 20_000), threads: 2).hallOfFame
  }

  @Test(arguments: ["l1", "huber 0.01", "abs(prediction - target)"])
  func `outliers do not move a formula that fits the other rows`(loss: String) throws {
    let table = try spoilt { a, b in 3 * a * b + 2 }
    let found = try hall(loss, table).front.contains { entry in
      // Huber's loss is quadratic near zero, where outliers pull each by a hundredth.
      let value = entry.expression.evaluate(["a": 2, "b": 1.5])
      return (value - 11).magnitude < 0.01 && entry.complexity <= 9
    }
    #expect(found)
  }

  @Test(arguments: ["l1", "huber 0.5", "logcosh", "quantile 0.8", "relative", "poisson"])
  func `the loss of each entry is the mean over the rows`(loss: String) throws {
    let table = try SearchExamples.table(rows: 150) { a, b in Foundation.exp(a) / b + 0.1 * a * b }
    let kind = try #require(try Grammar(contentsOf: Self.operators + loss, file: "g").loss)
    let entries = try hall(loss, table).entries
    #expect(entries.count > 4)
    for entry in entries where entry.rSquared < 1 - 1e-9 {
      let sum = (0..<table.rowCount).reduce(0.0) { sum, row in
        let value = entry.expression.evaluate(
          ["a": table.columns[0][row], "b": table.columns[1][row]])
        return sum + kind.value(prediction: value, target: table.target[row])
      }
      let mean = sum / Double(table.rowCount)
      // Rounding in another order.
      #expect((mean - entry.loss).magnitude <= 1e-7 * entry.loss, "\(entry.expression)")
    }
  }

  @Test func `a quantile has so much of the target below it`() throws {
    var stream = RandomStream(seed: 4)
    let clean = try SearchExamples.table(rows: 400) { a, _ in a }
    let table = try SearchTable(
      variables: clean.variables, columns: clean.columns, targetName: "y",
      target: clean.target.map { $0 + stream.uniform(0, 1) })
    let entry = try #require(try hall("quantile 0.8", table).entries.last)
    let below = (0..<table.rowCount).count { row in
      table.target[row]
        <= entry.expression.evaluate(["a": table.columns[0][row], "b": table.columns[1][row]])
    }
    // At the least quantile loss with an offset the count is off by the number of constants at most.
    #expect(abs(below - 320) <= 12)
  }

  @Test func `losses that targets cannot have are refused`() throws {
    let table = try SearchExamples.table(rows: 10) { a, b in a - b }
    let error = try #require(throws: SearchError.self) { try hall("poisson", table) }
    #expect(error.description.contains("the loss 'poisson' is not defined where the target is -"))
  }
}
