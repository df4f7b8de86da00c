import Foundation
import Symbolic
import Testing

@Suite("Formulas to start from, once more")
struct GuessRestartTests {
  /// A law that is not found within a few epochs.
  private static func table() throws -> SearchTable {
    try SearchExamples.table(
      "sin(2.7*a*b + 1.3)*exp(-0.35*a*a) + 0.2*b", rows: 400,
      ranges: [("a", 0...3), ("b", 0...2)])
  }

  @Test func `islands that begin anew begin with the guesses`() throws {
    var options = SearchExamples.small
    options.patience = 4
    let begun = try IslandSearch(
      try Self.table(), grammar: try Grammar(named: "general"), options: options, seed: 4)
    var epochs = 0
    _ = begun.run(budget: SearchBudget(), threads: 1) { _ in
      epochs += 1
      return epochs == 2 ? .stop : .proceed
    }
    let plain = try Self.barriers(after: begun.state)
    let guess = try Symbolic.Expression(parsing: "sin(2.65*a*b + 1.2)*exp(-0.3*a*a) + 0.3*b")
    let guessed = try Self.barriers(after: try Self.state(begun.state, with: guess))
    for barriers in [plain, guessed] {
      let before = barriers.filter { $0.restarts == 0 }
      #expect(!before.isEmpty && before.allSatisfy { $0.loss > 1e-6 })
      #expect(barriers.last?.restarts == 1)
    }
    // The fit of the guess ends where rounding does; that of a look-alike far above.
    #expect(try #require(guessed.last).loss < 1e-20)
    #expect(try #require(plain.last).loss > 1e-6)
  }

  /// A saved search, which holds its options, with a guess that the islands which are there never saw.
  private static func state(
    _ state: SearchState, with guess: Symbolic.Expression
  ) throws -> SearchState {
    let saved = try JSONSerialization.jsonObject(with: JSONEncoder().encode(state))
    var document = try #require(saved as? [String: Any])
    var options = try #require(document["options"] as? [String: Any])
    options["guesses"] = try JSONSerialization.jsonObject(with: JSONEncoder().encode([guess]))
    document["options"] = options
    return try JSONDecoder().decode(
      SearchState.self, from: JSONSerialization.data(withJSONObject: document))
  }

  /// What a search is at the next six barriers: how often it began anew, and its least loss.
  private static func barriers(
    after state: SearchState
  ) throws -> [(restarts: Int, loss: Double)] {
    let search = try IslandSearch(
      try table(), grammar: try Grammar(named: "general"), resuming: state)
    var barriers: [(restarts: Int, loss: Double)] = []
    _ = search.run(budget: SearchBudget(), threads: 1) { progress in
      barriers.append((progress.counts.restarts, progress.hallOfFame.leastLoss))
      return barriers.count == 6 ? .stop : .proceed
    }
    return barriers
  }
}
