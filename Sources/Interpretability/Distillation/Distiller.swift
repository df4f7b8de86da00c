internal import Dispatch
public import PINN
public import Symbolic

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Searches for equations that compute a target, and puts each one back into the problem.
///
/// The search ends early when an equation on its front is *proved* to solve the problem: no better
/// one can exist. The test is made at the barriers of the search, so it does not depend on time or
/// on the number of threads.
public struct Distiller: Sendable {
  /// What is to be explained, and by what.
  public let table: SearchTable

  /// The shape of the grid that the table's rows form, nil for scattered rows.
  public let gridShape: [Int]?

  /// The operators and limits of the search.
  public let grammar: Grammar

  /// How the search goes about it.
  public var options = SearchOptions()

  /// When the search stops.
  public var budget: SearchBudget

  /// The seed of the search.
  public var seed = 1

  /// Number of threads; no result depends on it unless time ends the search.
  public var threads: Int

  /// The problem that the target should solve, nil for a plain table.
  public var problem: Problem?

  /// The network that stands for the other unknowns of a system when an equation is checked.
  public var network: TrainedNetwork?

  /// The mean squared error the data are known to have; 0 if unknown.
  public var teacherLoss = 0.0

  /// Where an earlier search of the same table and grammar ended; nil to start.
  public var resuming: SearchState?

  private let candidates: SnapCandidates
  private let parameters: [Symbol: Double]

  /// Prepares a distillation.
  ///
  /// - Parameters:
  ///   - table: What is to be explained, and by what.
  ///   - gridShape: The shape of the grid that the table's rows form, nil for scattered rows.
  ///   - grammar: The operators and limits of the search.
  ///   - budget: When the search stops.
  ///   - problem: The problem that the target should solve, nil for a plain table.
  ///   - threads: Number of threads.
  public init(
    table: SearchTable, gridShape: [Int]? = nil, grammar: Grammar, budget: SearchBudget,
    problem: Problem? = nil, threads: Int
  ) {
    self.table = table
    self.gridShape = gridShape
    self.grammar = grammar
    self.budget = budget
    self.problem = problem
    self.threads = threads
    parameters = problem?.parameterValues ?? [:]
    candidates = SnapCandidates(parameters: parameters)
  }

  /// How far a distillation has come.
  public struct Progress: Sendable {
    /// The state of the search.
    public let search: SearchProgress

    /// The best equation so far, as text.
    public let best: String?
  }

  /// Searches.
  ///
  /// - Parameters:
  ///   - shouldStop: Asked at each barrier, such as for Ctrl-C.
  ///   - report: Receives the progress at each barrier.
  /// - Returns: What was found.
  /// - Throws: `SearchError` if the table or the grammar leave nothing to search.
  public func run(
    shouldStop: () -> Bool = { false }, report: (Progress) -> Void = { _ in }
  ) throws(SearchError) -> Distillation {
    let search: IslandSearch
    if let resuming {
      search = try IslandSearch(table, grammar: grammar, resuming: resuming)
    } else {
      search = try IslandSearch(table, grammar: grammar, options: options, seed: seed)
    }
    let start = DispatchTime.now().uptimeNanoseconds
    var examined: [Expression: Double] = [:]
    var isProved = false
    var polish = Polish(targetLoss: budget.targetLoss, target: table.target)
    var budget = budget
    budget.targetLoss = nil
    let result = search.run(budget: budget, threads: threads) { progress in
      report(
        Progress(search: progress, best: progress.hallOfFame.best?.expression.readable.description))
      isProved = containsProof(progress.hallOfFame, examined: &examined)
      return isProved || polish.isDone(progress) || shouldStop() ? .stop : .proceed
    }
    let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
    let front = equations(result.hallOfFame, resolution: polish.loss ?? 0)
    return Distillation(
      target: table.targetName.name, variables: table.variables.map(\.name), seed: seed,
      rows: table.rowCount, evaluations: result.counts.evaluations, seconds: seconds,
      end: isProved || polish.isDone ? .targetReached : result.stop, front: front,
      best: EquationSelection.best(of: front, teacherLoss: teacherLoss), state: search.state)
  }

  /// Whether a formula of the hall of fame is proved to solve the problem.
  ///
  /// - Parameters:
  ///   - hall: The best formulas so far.
  ///   - examined: The losses at which formulas were examined, whatever their constants: one is looked
  ///     at again only when its fit has become much better.
  /// - Returns: Whether a solution is on the front.
  private func containsProof(_ hall: HallOfFame, examined: inout [Expression: Double]) -> Bool {
    guard canProve else { return false }
    for entry in hall.front where entry.rSquared > Self.plausibleFit {
      let skeleton = entry.expression.replacingConstants(entry.constants.map { _ in 1 })
      guard entry.loss < 0.5 * (examined[skeleton] ?? .infinity) else { continue }
      examined[skeleton] = entry.loss
      if let equation = examine(entry), equation.check?.isExactSolution ?? false { return true }
    }
    return false
  }

  /// The front with identified constants and checks.
  ///
  /// Identification merges look-alikes and changes losses a little, so dominated entries are dropped
  /// once more; a proved one stays.
  ///
  /// - Parameters:
  ///   - hall: The best formulas.
  ///   - resolution: The loss below which no formula is better than another.
  /// - Returns: The front, simplest first.
  private func equations(_ hall: HallOfFame, resolution: Double) -> [DistilledEquation] {
    var front: [DistilledEquation] = []
    for equation in hall.front.compactMap(examine) {
      let isProved = equation.check?.isExactSolution ?? false
      // A gain of a thousandth is rounding and the next constant's luck, not another equation.
      let isDominated = front.contains { $0.loss <= max(1.001 * equation.loss, resolution) }
      let isCopy = front.contains { $0.equation == equation.equation }
      if !isCopy && (isProved || !isDominated) { front.append(equation) }
    }
    for index in front.indices.dropFirst() {
      let (before, after) = (front[index - 1], front[index])
      // A loss of zero is as good as the smallest number.
      let smallest = Double.leastNormalMagnitude
      let gain = log(max(before.loss, smallest)) - log(max(after.loss, smallest))
      front[index].score = gain / Double(max(1, after.complexity - before.complexity))
    }
    return front
  }

  /// Identifies the constants of an entry and puts it back into the problem.
  private func examine(_ entry: HallOfFame.Entry) -> DistilledEquation? {
    guard
      let identified = try? IdentifiedEquation(
        entry.expression, table: table, gridShape: gridShape, candidates: candidates,
        teacherLoss: teacherLoss)
    else { return nil }
    let equation = put(identified, complexity: entry.complexity)
    return proved(equation) ?? equation
  }

  /// The equation with forms that make it a proved solution, if there are any.
  ///
  /// Forms that the data alone could not make believable are believed if the equation then solves
  /// the problem: that does not happen by chance.
  private func proved(_ equation: DistilledEquation) -> DistilledEquation? {
    let identified = equation.identified
    guard canProve, !(equation.check?.isExactSolution ?? false),
      identified.rSquared > Self.plausibleFit
    else { return nil }
    let open = identified.constants.indices.filter { identified.constants[$0].form == nil }
    guard !open.isEmpty, open.count <= 2 else { return nil }
    var trials = [identified]
    for index in open {
      let constant = identified.constants[index]
      guard let error = constant.standardError else { return nil }
      let forms = candidates.forms(near: constant.value, standardError: error, limit: 12)
      trials = trials.flatMap { trial in
        forms.compactMap { trial.replacingConstant(index, by: $0, table: table) }
      }
    }
    return trials.lazy.map { put($0, complexity: equation.complexity) }
      .first { $0.check?.isExactSolution ?? false }
  }

  /// Whether one equation can solve the problem: one unknown's form says nothing of the others'.
  private var canProve: Bool { problem?.unknowns.count == 1 }

  /// Below this R² a formula is no solution, whatever its constants stand for.
  private static let plausibleFit = 0.999

  /// Puts an equation back into the problem.
  private func put(_ identified: IdentifiedEquation, complexity: Int) -> DistilledEquation {
    DistilledEquation(
      complexity: complexity, score: 0, identified: identified,
      numeric: identified.equation.substituting(parameters.mapValues { Expression($0) }),
      check: problem.flatMap {
        SolutionCheck(of: [table.targetName.name: identified.equation], in: $0, network: network)
      })
  }
}
