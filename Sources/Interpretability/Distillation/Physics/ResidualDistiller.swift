internal import Dispatch
public import PINN
public import Symbolic
internal import Tensors

/// Finds equations that solve a problem, with no network in between.
///
/// ``ResidualSearch`` finds formulas with numbers; the best one's values on a grid are the table by
/// which constants get their closed forms, and each equation is put back into the problem. The search
/// ends when one is proved.
public struct ResidualDistiller: Sendable {
  /// The problem, of one unknown.
  public let problem: Problem

  /// The operators and limits of the search.
  public let grammar: Grammar

  /// When the search stops; a loss is that of ``ResidualObjective``.
  public let budget: SearchBudget

  /// The seed of the search.
  public let seed: Int

  /// Number of threads; no result depends on it unless time ends the search.
  public let threads: Int

  /// The loss at which a formula may be a solution whose constants are not quite settled.
  private static let plausibleLoss = 1e-10

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - grammar: The operators and limits of the search.
  ///   - budget: When the search stops.
  ///   - seed: The seed of the search.
  ///   - threads: Number of threads.
  /// - Throws: ``DistillationError/severalUnknowns(_:)`` for a system.
  public init(
    _ problem: Problem, grammar: Grammar, budget: SearchBudget, seed: Int, threads: Int
  ) throws(DistillationError) {
    guard problem.unknowns.count == 1 else { throw .severalUnknowns(problem.unknowns) }
    self.problem = problem
    self.grammar = grammar
    self.budget = budget
    self.seed = seed
    self.threads = threads
  }

  /// How far a search has come.
  public struct Progress: Sendable {
    /// Seconds since the search began.
    public let seconds: Double

    /// Formulas fitted to the problem.
    public let evaluations: Int

    fileprivate let formulas: [(formula: Expression, complexity: Int, loss: Double)]

    /// The front so far, simplest first; the last one is the best.
    public var front: [FrontLine] {
      formulas.indices.map { index in
        let (formula, complexity, loss) = formulas[index]
        var score = 0.0
        if index > 0 {
          let before = formulas[index - 1]
          score =
            (HallOfFame.logLoss(before.loss) - HallOfFame.logLoss(loss))
            / Double(complexity - before.complexity)
        }
        return FrontLine(
          complexity: complexity, loss: loss, score: score, residual: nil, formula: formula,
          equation: formula.readable.description, isBest: index == formulas.count - 1)
      }
    }
  }

  /// Searches.
  ///
  /// - Parameters:
  ///   - shouldStop: Asked after each generation, such as for Ctrl-C.
  ///   - report: Receives the progress after each generation.
  /// - Returns: What was found.
  /// - Throws: `SearchError` if the grammar leaves nothing to search or no formula has a value, and
  ///   `ProgramError` if an equation is too long.
  public func run(
    shouldStop: () -> Bool = { false }, report: (Progress) -> Void = { _ in }
  ) throws -> Distillation {
    // Residuals of equations are squared, whatever the data's errors are like.
    if let loss = grammar.loss, loss != .l2 { throw SearchError.notSearched("the loss '\(loss)'") }
    var search = try ResidualSearch(problem, grammar: grammar, seed: seed)
    let start = DispatchTime.now().uptimeNanoseconds
    func elapsed() -> Double { Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9 }
    var examinedLoss = Self.plausibleLoss
    var end: SearchStop?
    while end == nil {
      search.advance(threads: threads)
      let front = search.front
      let least = front.last?.loss ?? .infinity
      report(
        Progress(seconds: elapsed(), evaluations: search.evaluations, formulas: front))
      if least < 0.1 * examinedLoss {
        examinedLoss = least
        if let equations = try? equations(of: search),
          equations.contains(where: { $0.check?.isExactSolution ?? false })
        {
          end = .targetReached
        }
      }
      if shouldStop() { end = end ?? .cancelled }
      if let limit = budget.evaluations, search.evaluations >= limit { end = end ?? .evaluations }
      if let limit = budget.seconds, elapsed() >= limit { end = end ?? .seconds }
    }
    let seconds = elapsed()
    let front = try equations(of: search)
    return Distillation(
      target: problem.unknowns[0], variables: problem.variables.map(\.name), seed: seed, rows: 0,
      evaluations: search.evaluations, loss: .l2, seconds: seconds, end: end ?? .cancelled,
      front: front, best: EquationSelection.bestByPhysics(of: front), state: nil)
  }

  /// The front of a search as equations.
  private func equations(of search: ResidualSearch) throws -> [DistilledEquation] {
    let front = search.front
    guard let best = front.last else { return [] }
    let side = problem.variables.count > 2 ? 16 : 40
    let grid = ValidationGrid(problem, side: side)
    let values = try Program(best.formula, inputs: problem.variableSymbols).evaluate(grid.columns)
    let table = try SearchTable(
      variables: problem.variableSymbols, columns: grid.columns,
      targetName: Symbol(problem.unknowns[0]), target: values)
    let variance = Statistics.variance(values) ?? 1
    let examiner = EquationExaminer(
      table: table, gridShape: grid.shape, reduction: nil,
      candidates: SnapCandidates(parameters: problem.parameterValues),
      teacherLoss: max(best.loss, 1e-20 * variance), problem: problem, network: nil,
      residual: search.objective)
    let entries: [HallOfFame.Entry] = front.compactMap { entry in
      let fitted = (try? Program(entry.formula, inputs: problem.variableSymbols))?
        .evaluate(grid.columns)
      let misses = fitted.map { zip($0, values).map(-) } ?? []
      guard let miss = Statistics.rootMeanSquare(misses), miss.isFinite else { return nil }
      return HallOfFame.Entry(
        expression: entry.formula, complexity: entry.complexity, loss: miss * miss,
        rSquared: 1 - miss * miss / variance)
    }
    return examiner.front(entries, resolution: 0)
  }
}
