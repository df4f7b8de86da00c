internal import Foundation
public import Tensors

/// A search for formulas: a table and a grammar in, a hall of fame out.
///
/// A fixed number of islands evolve apart on few rows in single precision. At barriers, in the order
/// of their indices, their best skeletons are fitted to many rows in Double and entered into the hall of
/// fame, and front members migrate. So the result depends on the seed and on how many epochs were run,
/// never on the number of threads.
///
/// ```swift
/// let search = try IslandSearch(table, grammar: grammar, seed: 1)
/// let result = search.run(budget: SearchBudget(seconds: 5, targetLoss: 1e-12))
/// print(result.hallOfFame.best?.expression ?? "nothing")
/// ```
public final class IslandSearch {
  /// How the search goes about it.
  public let options: SearchOptions

  /// What was spent at barriers; the islands count the rest.
  var counts = SearchCounts()

  let seed: UInt64
  let table: SearchTable
  let vocabulary: Vocabulary
  let islands: [Island]
  let fitRows: RowBlock<Double>
  let allRows: RowBlock<Double>

  /// Confirmed formulas by complexity, as genes.
  var confirmed: [Int: ConfirmedFormula] = [:]

  /// How each skeleton was last confirmed.
  var confirmedFits: [UInt64: ConfirmedFit] = [:]

  /// Barriers since the hall of fame last got better.
  var idleEpochs = 0

  /// Idle barriers until the next restart.
  var patience: Int

  /// Prepares a search over the formulas of a vocabulary.
  ///
  /// - Parameters:
  ///   - table: What to explain.
  ///   - vocabulary: What formulas are made of.
  ///   - options: How to go about it.
  ///   - seed: Where all random draws come from.
  package init(
    _ table: SearchTable, vocabulary: Vocabulary, options: SearchOptions, seed: UInt64
  ) {
    precondition(options.islands > 0 && options.population > 1 && options.epoch > 0)
    self.table = table
    self.vocabulary = vocabulary
    self.options = options
    self.seed = seed
    patience = options.patience
    let root = RandomStream(seed: seed)
    // Child -1 orders the rows; children 0, 1, … are the islands' own.
    var shuffle = root.child(-1)
    let order = shuffle.permutation(table.rowCount)
    let searchRows = RowBlock<Float>(table, rows: Array(order.prefix(options.searchRows)))
    fitRows = RowBlock(table, rows: Array(order.prefix(options.fitRows)))
    allRows = RowBlock(table, rows: Array(0..<table.rowCount))
    islands = (0..<options.islands).map { index in
      Island(
        vocabulary: vocabulary, rows: searchRows, options: options,
        splitsSums: index.isMultiple(of: 2), stream: root.child(index))
    }
    enterConstant()
  }

  /// Searches until the budget is spent; may be called again to search on.
  ///
  /// - Parameters:
  ///   - budget: When to stop; without any limit the search runs until the observer stops it.
  ///   - threads: The number of threads; does not change the result.
  ///   - observe: Told at each barrier what is known, and asked whether to go on.
  /// - Returns: What was found since the search was created.
  public func run(
    budget: SearchBudget, threads: Int = defaultThreadCount,
    observe: (SearchProgress) -> SearchVerdict = { _ in .proceed }
  ) -> SearchResult {
    let start = DispatchTime.now().uptimeNanoseconds
    let before = totalCounts.evaluations
    func elapsed() -> Double { Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9 }
    var verdict = SearchVerdict.proceed
    while true {
      if let stop = stop(budget, seconds: elapsed(), verdict: verdict) {
        return SearchResult(hallOfFame: hallOfFame, counts: totalCounts, stop: stop)
      }
      advance(threads: threads)
      let seconds = elapsed()
      let totals = totalCounts
      verdict = observe(
        SearchProgress(
          seconds: seconds, counts: totals,
          rate: Double(totals.evaluations - before) / max(seconds, 1e-9), hallOfFame: hallOfFame))
    }
  }

  /// What the search has spent, in this process and before.
  public var totalCounts: SearchCounts { islands.reduce(counts) { $0 + $1.spent } }

  /// One epoch and the barrier after it.
  func advance(threads: Int) {
    let islands = islands
    let isFirst = counts.epochs == 0
    parallelFor(count: islands.count, threads: threads) { index in
      if isFirst { islands[index].settle() }
      islands[index].run()
    }
    counts.epochs += 1
    let before = leastLosses
    confirm(threads: threads)
    idleEpochs = improves(on: before) ? 0 : idleEpochs + 1
    if idleEpochs >= patience {
      idleEpochs = 0
      patience += (patience + 1) / 2
      counts.restarts += 1
      // What was confirmed once may be met again and do better from other constants.
      parallelFor(count: islands.count, threads: threads) { islands[$0].settle() }
    } else {
      migrate()
    }
  }

  private func stop(
    _ budget: SearchBudget, seconds: Double, verdict: SearchVerdict
  ) -> SearchStop? {
    if let target = budget.targetLoss,
      confirmed.values.contains(where: { $0.squares <= target * allRows.variation })
    {
      return .targetReached
    }
    if verdict == .stop { return .cancelled }
    if let limit = budget.evaluations, totalCounts.evaluations >= limit { return .evaluations }
    if let limit = budget.seconds, seconds >= limit { return .seconds }
    return nil
  }

  // The least sum of squares of each complexity.
  private var leastLosses: [Int: Double] { confirmed.mapValues(\.squares) }

  // Whether some complexity got better by more than a hundredth.
  private func improves(on before: [Int: Double]) -> Bool {
    confirmed.contains { complexity, formula in
      formula.squares < 0.99 * (before[complexity] ?? .infinity)
    }
  }
}
