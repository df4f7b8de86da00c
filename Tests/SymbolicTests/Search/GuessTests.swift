import Symbolic
import Tensors
import Testing

@Suite("Formulas to start from")
struct GuessTests {
  /// A law that is not found within one epoch.
  private static let law = "sin(2.7*a*b + 1.3)*exp(-0.35*a*a) + 0.2*b"

  private static func table() throws -> SearchTable {
    try SearchExamples.table(law, rows: 400, ranges: [("a", 0...3), ("b", 0...2)])
  }

  private static func options(_ guesses: String...) throws -> SearchOptions {
    var options = SearchExamples.small
    options.guesses = try guesses.map { try Expression(parsing: $0) }
    return options
  }

  private static func search(
    _ options: SearchOptions, epochs: Int = 1, threads: Int = 1
  ) throws -> (search: IslandSearch, result: SearchResult) {
    let search = try IslandSearch(
      try table(), grammar: try Grammar(named: "general"), options: options, seed: 4)
    var count = 0
    let result = search.run(budget: SearchBudget(), threads: threads) { _ in
      count += 1
      return count == epochs ? .stop : .proceed
    }
    return (search, result)
  }

  @Test func `constants of a guess are where its fit starts`() throws {
    let guess = "sin(2.65*a*b + 1.2)*exp(-0.3*a*a) + 0.3*b"
    let guessed = try Self.search(try Self.options(guess)).result.hallOfFame
    // The fit ends where rounding does; that of a look-alike far above.
    #expect(guessed.leastLoss < 1e-20)
    let plain = try Self.search(try Self.options()).result.hallOfFame
    #expect(plain.leastLoss > 1e-6)
  }

  @Test func `a search with guesses repeats for any number of threads and when it is resumed`()
    throws
  {
    let options = try Self.options("sin(2*a)*exp(-0.3*a) + 0.3*b", "cos(b)/(a + 1)")
    let whole = try Self.search(options, epochs: 6).result.hallOfFame.front
    #expect(try Self.search(options, epochs: 6, threads: 2).result.hallOfFame.front == whole)
    let half = try Self.search(options, epochs: 3).search.state
    let resumed = try IslandSearch(
      try Self.table(), grammar: try Grammar(named: "general"), resuming: half)
    var count = 3
    let rest = resumed.run(budget: SearchBudget(), threads: 1) { _ in
      count += 1
      return count == 6 ? .stop : .proceed
    }
    #expect(rest.hallOfFame.front == whole)
  }

  @Test(
    arguments: [
      ("sin(c)", "the guess 'sin(c)' uses 'c', which is no column; there are a, b"),
      (
        "gamma(a)",
        "the guess 'gamma(a)' uses 'gamma', which the grammar lacks; allow it there or leave the "
          + "guess out"
      ),
      (
        "log(a - 10)",
        "the guess 'log(a - 10)' has no finite value at row 1; change its constants or leave the "
          + "guess out"
      ),
      ("2 + 3.5", "the guess '2 + 3.5' contains no column; a mean is where every search starts"),
      (
        "a+b*a*b*a*b*a*b*a*b*a*b*a*b*a*b*a*b*a*b*a*b",
        "the guess 'a + b*a*b*a*b*a*b*a*b*a*b*a*b*a*b*a*b*a*b*a*b' has complexity 43 where the grammar "
          + "allows 30; raise maxsize"
      ),
    ])
  func `what cannot be started from is refused`(guess: String, sentence: String) throws {
    let options = try Self.options(guess)
    var refusal = ""
    do {
      _ = try Self.search(options)
    } catch let error as SearchError {
      refusal = error.description
    }
    #expect(refusal == sentence)
  }
}
