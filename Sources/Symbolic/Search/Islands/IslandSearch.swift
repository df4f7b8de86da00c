internal import Foundation
public import Tensors

/// A search for formulas: a table and a grammar in, a hall of fame out.
///
/// A fixed number of islands evolve apart on few rows in single precision, each looking at the table in
/// its own way (`ViewShape`): linear algebra and transforms of the target remove most of a formula
/// before the genetic search looks at it. At barriers, in a fixed order, the best skeletons are fitted to
/// many rows in Double, written as formulas of the target and entered into the hall of fame, and front
/// members migrate. So the result depends on the seed and on how many epochs were run, never on the
/// number of threads.
///
/// ```swift
/// let search = try IslandSearch(table, grammar: grammar, seed: 1)
/// let result = search.run(budget: SearchBudget(seconds: 5, targetLoss: 1e-22))
/// print(result.hallOfFame.best?.expression ?? "nothing")
/// ```
public final class IslandSearch {
  /// How the search goes about it.
  public let options: SearchOptions

  /// What was spent at barriers and by islands that are gone; the islands count the rest.
  var counts = SearchCounts()

  let seed: UInt64
  let table: SearchTable

  /// What the searched ``table`` is to the one that was handed in.
  let scaling: TableScaling

  /// The formulas to start from, over ``table``.
  let guesses: [[Gene]]

  let vocabulary: Vocabulary
  let screenRows: RowBlock<Double>
  let fitRows: RowBlock<Double>
  let allRows: RowBlock<Double>

  /// What the mean of squares is multiplied by to be the mean loss: weights of rows are scaled to a mean
  /// of one, and those of relative errors mean something.
  let lossScale: Double

  /// The loss that rounding alone leaves.
  let resolution: Double

  /// Combinations of columns that are offered as variables, in the order of their finding.
  package internal(set) var derived: [DerivedVariable] = []

  /// The views and islands since the last restart.
  package internal(set) var archipelago: Archipelago

  /// Confirmed formulas by complexity, as genes over the columns of the table.
  var confirmed: [Int: ConfirmedFormula] = [:]

  /// What confirmed formulas cost on the rows of the steps before the last.
  var sampledLosses: [Int: (genes: [Gene], losses: Confirmer.Bar)] = [:]

  /// How each skeleton was last confirmed, by view and hash.
  var confirmedFits: [UInt64: ConfirmedFit] = [:]

  /// Epochs between the last restart and the next.
  var patience: Int

  /// What formulas are judged by beside the data, nil for nothing.
  var judge: (@Sendable (Expression) -> FormulaJudgement?)?

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
    let scaling = TableScaling(table, loss: vocabulary.loss)
    let isRelative = vocabulary.loss == .relative
    let table = isRelative ? scaling.table.weightedByTarget : scaling.table
    lossScale =
      isRelative ? table.meanInverseSquare : scaling.targetFactor * scaling.targetFactor
    guesses = Self.trees(of: options.guesses, vocabulary: vocabulary, scaling: scaling)
    self.scaling = scaling
    // Other views are fits of least squares, which would mean another loss.
    let options = vocabulary.loss.isLeastSquares ? options : options.withPlainViewsOnly
    self.table = table
    self.vocabulary = vocabulary
    self.options = options
    self.seed = seed
    patience = options.patience
    archipelago = Archipelago(
      table: table, vocabulary: vocabulary, options: options, guesses: guesses, seed: seed,
      restart: 0)
    let order = archipelago.order
    func block(_ rows: [Int]) -> RowBlock<Double> {
      RowBlock(table, rows: rows, functions: vocabulary.functions).measured(by: vocabulary.loss)
    }
    screenRows = block(Array(order.prefix(options.screenRows)))
    fitRows = block(Array(order.prefix(options.fitRows)))
    allRows = block(Array(0..<table.rowCount))
    resolution = allRows.resolution
    enterConstant()
    settleFirst()
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
  public var totalCounts: SearchCounts { archipelago.islands.reduce(counts) { $0 + $1.spent } }

  /// One epoch and the barrier after it; the first epoch is what linear algebra finds alone.
  func advance(threads: Int) {
    counts.epochs += 1
    guard counts.epochs > 1 else {
      confirmClosedForms(of: Array(table.columns.indices), divisor: [], threads: threads)
      enterGuesses()
      discover(threads: threads)
      return
    }
    let islands = archipelago.islands
    let length = offspringPerEpoch
    let sizeLimit = self.sizeLimit
    parallelFor(count: islands.count, threads: threads) { index in
      islands[index].sizeLimit = sizeLimit
      if !islands[index].isSettled {
        islands[index].settle()
        islands[index].receiveGuesses()
      }
      islands[index].run(offspring: length)
    }
    archipelago.epochs += 1
    confirm(threads: threads)
    if archipelago.epochs >= patience {
      restart(threads: threads)
    } else {
      migrate()
      discover(threads: threads)
    }
  }

  // 125, 250, 500, … up to a full epoch.
  private var offspringPerEpoch: Int {
    max(1, options.epoch >> max(0, 3 - archipelago.epochs))
  }

  // From a formula of one operator up, by the epochs since the last restart: not by the clock, so that
  // the search repeats.
  private var sizeLimit: Int {
    let epochs = vocabulary.warmup * Double(patience)
    guard epochs > 0, Double(archipelago.epochs) < epochs else {
      return vocabulary.maximumComplexity
    }
    let heaviest = vocabulary.weights.max() ?? 1
    let smallest = min(Self.smallestLimit * heaviest, vocabulary.maximumComplexity)
    let grown =
      Double(vocabulary.maximumComplexity - smallest) * Double(archipelago.epochs) / epochs
    return smallest + Int(grown)
  }

  /// The most nodes at the beginning of a warm-up: an operator of two operands, and the factor of a fit.
  private static let smallestLimit = 5

  /// Gives up all islands for new ones on other rows; the hall of fame and what was learnt about the
  /// table stay.
  private func restart(threads: Int) {
    counts = totalCounts
    counts.restarts += 1
    patience += (patience + 1) / 2
    archipelago = Archipelago(
      table: table, vocabulary: vocabulary, options: options, guesses: guesses, seed: seed,
      restart: counts.restarts)
    settleFirst()
    discover(threads: threads)
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
}
