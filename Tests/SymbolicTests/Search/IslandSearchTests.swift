import Foundation
import Symbolic
import Tensors
import Testing

@Suite("Island search")
struct IslandSearchTests {
  @Test("one, two and four threads give the same bits")
  func threads() throws {
    let table = try SearchExamples.table(rows: 200) { a, b in a * Foundation.sin(2 * b) + b / a }
    let halls = try [1, 2, 4].map { threads in
      let search = try IslandSearch(
        table, vocabulary: SearchExamples.vocabulary(table), options: SearchExamples.small, seed: 3)
      let result = search.run(budget: SearchBudget(evaluations: 15_000), threads: threads)
      #expect(result.stop == .evaluations)
      return (result.hallOfFame, result.counts)
    }
    #expect(halls[0].0.entries.count > 5)
    for other in halls.dropFirst() {
      #expect(other.0 == halls[0].0)
      #expect(other.1 == halls[0].1)
    }
  }

  @Test("another seed is another search")
  func seeds() throws {
    let table = try SearchExamples.table(rows: 200) { a, b in a * Foundation.sin(2 * b) + b / a }
    let halls = try [3, 4].map { seed in
      let search = try IslandSearch(
        table, vocabulary: SearchExamples.vocabulary(table), options: SearchExamples.small,
        seed: UInt64(seed))
      return search.run(budget: SearchBudget(evaluations: 5_000), threads: 2).hallOfFame
    }
    #expect(halls[0] != halls[1])
  }

  @Test(
    "a saved and resumed search ends where an uninterrupted one does", arguments: [false, true])
  func resume(separable: Bool) throws {
    let table = try SearchExamples.heat(error: 1e-3)
    let vocabulary =
      try separable ? SearchExamples.separable(table) : SearchExamples.vocabulary(table)
    let options = SearchExamples.small
    let straight = IslandSearch(table, vocabulary: vocabulary, options: options, seed: 8)
    let whole = straight.run(budget: SearchBudget(evaluations: 12_000), threads: 2)

    let first = IslandSearch(table, vocabulary: vocabulary, options: options, seed: 8)
    _ = first.run(budget: SearchBudget(evaluations: 5_000), threads: 2)
    let saved = try JSONEncoder().encode(first.state)
    let state = try JSONDecoder().decode(SearchState.self, from: saved)
    let second = try IslandSearch(table, vocabulary: vocabulary, resuming: state)
    let rest = second.run(budget: SearchBudget(evaluations: 12_000), threads: 2)

    #expect(rest.hallOfFame == whole.hallOfFame)
    #expect(rest.counts == whole.counts)
    #expect(second.state == straight.state)
  }

  @Test("a state is refused for another table")
  func foreignState() throws {
    let table = try SearchExamples.table(rows: 50) { a, b in a + b * b }
    let other = try SearchExamples.table(rows: 50) { a, b in a - b * b }
    let search = try IslandSearch(
      table, vocabulary: SearchExamples.vocabulary(table), options: SearchExamples.small, seed: 1)
    _ = search.run(budget: SearchBudget(evaluations: 500), threads: 1)
    #expect(throws: SearchError.stateMismatch(what: "table or grammar")) {
      _ = try IslandSearch(
        other, vocabulary: SearchExamples.vocabulary(other), resuming: search.state)
    }
  }

  @Test("finds the heat equation's mode beside its look-alikes", arguments: [false, true])
  func heat(separable: Bool) throws {
    // exp(-0.0987 t) differs from a straight line by 1e-3 on [0, 1], from a parabola by 1e-5.
    let table = try SearchExamples.heat(error: 1e-6)
    let vocabulary =
      try separable ? SearchExamples.separable(table) : SearchExamples.vocabulary(table)
    let search = IslandSearch(table, vocabulary: vocabulary, options: SearchOptions(), seed: 1)
    let result = search.run(budget: SearchBudget(evaluations: 1_000_000, targetLoss: 2e-12))
    #expect(result.stop == .targetReached)
    let found = try #require(
      result.hallOfFame.front.first { $0.rSquared > 1 - 2e-12 })
    let truth = { (x: Double, t: Double) in
      Foundation.sin(.pi * x) * Foundation.exp(-0.01 * .pi * .pi * t)
    }
    // Off the grid and up to three times its length in t, where look-alikes part from the law by 1e-3;
    // the error of 1e-6 grows tenfold or so on the way there.
    for (x, t) in [(0.31, 0.77), (0.5, 2.0), (0.9, 3.0)] {
      let value = found.expression.evaluate(["x": x, "t": t])
      #expect((value - truth(x, t)).magnitude < 1e-4)
    }
  }

  @Test("recovers exact laws", arguments: 0..<4)
  func laws(_ index: Int) throws {
    let laws: [(Double, Double) -> Double] = [
      { a, b in a * b }, { a, b in 0.5 * a / (b * b) }, { a, b in Foundation.exp(-a * a / 2) * b },
      { a, b in a * Foundation.cos(b) + 1 },
    ]
    let table = try SearchExamples.table(rows: 500, laws[index])
    let search = try IslandSearch(
      table, vocabulary: SearchExamples.vocabulary(table), options: SearchOptions(), seed: 2)
    // Exact forms reach 1e-28, look-alikes stop above 5e-19.
    let result = search.run(budget: SearchBudget(evaluations: 2_000_000, targetLoss: 1e-22))
    #expect(result.stop == .targetReached)
  }

  @Test("no formula of a front breaks the grammar")
  func constraints() throws {
    let table = try SearchExamples.table(rows: 200) { a, b in
      Foundation.sin(a + Foundation.sin(2 * b)) + Foundation.exp(b / a)
    }
    let vocabulary = try SearchExamples.vocabulary(
      table, operators: [.add, .multiply, .sin, .exp], size: 15, depth: 5,
      nesting: [
        Vocabulary.NestingLimit(outer: .sin, inner: .sin, count: 0),
        Vocabulary.NestingLimit(outer: .exp, inner: .sin, count: 0),
      ])
    let search = IslandSearch(
      table, vocabulary: vocabulary, options: SearchExamples.small, seed: 4)
    let result = search.run(budget: SearchBudget(evaluations: 20_000), threads: 2)
    #expect(result.hallOfFame.entries.count > 4)
    for entry in result.hallOfFame.entries {
      let expression = entry.expression
      #expect(expression.complexity == entry.complexity)
      #expect(entry.complexity <= 15)
      #expect(expression.depth <= 5)
      for node in expression.nodes.indices {
        let operation = expression.nodes[node].operation
        #expect([.constant, .symbol, .add, .multiply, .sin, .exp].contains(operation))
        if operation == .sin || operation == .exp {
          let inside = expression.subtree(endingAt: node).nodes.dropLast()
          #expect(!inside.contains { $0.operation == .sin })
        }
      }
      // What the hall says of a formula is what the formula does.
      let fit = try ConstantFit(refining: expression, to: table)
      #expect(fit.loss <= entry.loss * (1 + 1e-9))
    }
  }

  @Test("cancelling stops at the next barrier")
  func cancellation() throws {
    let table = try SearchExamples.table(rows: 50) { a, b in a + b * b }
    let search = try IslandSearch(
      table, vocabulary: SearchExamples.vocabulary(table), options: SearchExamples.small, seed: 1)
    var barriers = 0
    let result = search.run(budget: SearchBudget(), threads: 1) { progress in
      barriers += 1
      #expect(progress.counts.epochs == barriers)
      return barriers < 2 ? .proceed : .stop
    }
    #expect(result.stop == .cancelled)
    #expect(result.counts.epochs == 2)
  }
}
