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
  public private(set) var table: SearchTable

  /// The shape of the grid that the table's rows form, nil for scattered rows.
  public private(set) var gridShape: [Int]?

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

  /// How much the problem's equations and conditions count beside the data; 0 for ranking alone.
  ///
  /// At 1, to solve the problem as badly as a constant does is as bad as to explain no more of the data
  /// than a constant does. It has no effect without a problem, or with one of several unknowns.
  public var residualWeight = 0.0

  /// What is known about the target's structure: where it allows, fewer variables are searched.
  public var structure: StructureAnalysis?

  /// What the search explains in place of the table's target, such as a smoother one; nil for that.
  ///
  /// Equations are fitted to and judged by the table's own.
  public var searchedTarget: [Double]?

  /// All rows, where the table holds a sample of them, for losses that are theirs; nil if it holds all.
  public var confirmation: RowConfirmation?

  /// Who is asked where the equations of the front disagree; nil where no one can be.
  ///
  /// A search that met its target with equations that the answers refute goes on with these as rows more, as
  /// long as its budget lasts.
  public var oracle: TeacherOracle?

  /// Where an earlier search of the same table and grammar ended; nil to start.
  public var resuming: SearchState?

  private let candidates: SnapCandidates

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
    // Every formula solves a problem that states nothing.
    self.problem = problem.flatMap { $0.isPosed ? $0 : nil }
    self.threads = threads
    candidates = SnapCandidates(parameters: problem?.parameterValues ?? [:])
  }

  /// How far a distillation has come.
  public struct Progress {
    /// The state of the search.
    public let search: SearchProgress

    fileprivate let description: FrontDescription

    /// The front so far, simplest first; worked out when it is asked for.
    public var front: [FrontLine] { description.lines(of: search.hallOfFame) }
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
    let (found, refutation) = try search(shouldStop: shouldStop, report: report)
    guard let refutation, let next = searching(refutation, after: found) else { return found }
    let again = try next.run(shouldStop: shouldStop, report: report)
    // What was left may have been too little to come as far as the first search did.
    return again.leastLoss < found.leastLoss ? again.adding(found) : found
  }

  /// The search of a table with more rows, in what the budget leaves; nil if it leaves nothing.
  private func searching(_ wider: SearchTable, after found: Distillation) -> Distiller? {
    var next = self
    next.table = wider
    next.gridShape = nil
    next.resuming = nil
    next.budget.evaluations = budget.evaluations.map { $0 - found.evaluations }
    next.budget.seconds = budget.seconds.map { $0 - found.seconds }
    let isSpent = next.budget.evaluations ?? 1 <= 0 || next.budget.seconds ?? 1 <= 0
    return isSpent ? nil : next
  }

  /// Searches the table as it is.
  ///
  /// - Returns: What was found, and the rows of the table with others that none of the equations is exact
  ///   in, though they are in the table's; nil if one is, or none can be told.
  /// - Throws: As ``run(shouldStop:report:)`` does.
  private func search(
    shouldStop: () -> Bool, report: (Progress) -> Void
  ) throws(SearchError) -> (found: Distillation, refutation: SearchTable?) {
    let loss = grammar.loss ?? .l2
    let original = try table.searching(searchedTarget).measured(by: loss)
    let table = table.measured(by: loss)
    // Rows in fewer variables weigh so that squares mean what they did, and no other loss does.
    let reduction = loss == .l2 ? reduction : nil
    let isOneVariable = reduction?.table.variables.count == 1
    let template = isOneVariable ? nil : try self.grammar.reduction(of: table)
    let searched = template?.table ?? reduction?.table ?? original
    let grammar = template?.grammar ?? (isOneVariable ? grammar.withoutTemplate : grammar)
    // All rows are looked at one formula and one square at a time.
    let confirmation = loss == .l2 && template == nil ? confirmation : nil
    let examiner = EquationExaminer(
      table: table, gridShape: gridShape, reduction: template ?? reduction,
      candidates: candidates, teacherLoss: teacherLoss, problem: problem, network: network,
      residual: residual)
    let search: IslandSearch
    if let resuming {
      search = try IslandSearch(searched, grammar: grammar, resuming: resuming)
    } else {
      search = try IslandSearch(searched, grammar: grammar, options: options, seed: seed)
    }
    // A template's function alone solves nothing: its whole is judged on the front.
    if template == nil, residualWeight > 0, let problem,
      let judge = ResidualJudge(
        problem, table: table, weight: residualWeight, reduction: reduction)
    {
      search.judge { judge($0) }
    }
    let start = DispatchTime.now().uptimeNanoseconds
    let description = FrontDescription(examiner)
    var examined: [Expression: Double] = [:]
    var isProved = false
    // A loss of rounding is known for squares alone.
    var polish = Polish(
      targetLoss: loss == .l2 ? budget.targetLoss : nil, target: table.target)
    var whole = TemplateProgress(template)
    var budget = budget
    budget.targetLoss = nil
    let result = search.run(budget: budget, threads: threads) { progress in
      report(Progress(search: progress, description: description))
      isProved = containsProof(progress.hallOfFame, examiner, examined: &examined)
      return isProved || polish.isDone(whole(progress)) || shouldStop() ? .stop : .proceed
    }
    let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
    let sampled = examiner.front(result.hallOfFame.front, resolution: polish.loss ?? 0)
    let rows = confirmation ?? (loss == .l2 ? disputed(sampled, table) : nil)
    let front = rows?.confirmed(sampled, resolution: polish.loss ?? 0) ?? sampled
    let found = Distillation(
      target: table.targetName.name, variables: table.variables.map(\.name), seed: seed,
      rows: table.rowCount, confirmedRows: rows?.rowCount,
      evaluations: result.counts.evaluations, loss: loss, seconds: seconds,
      end: isProved || polish.isDone ? .targetReached : result.stop, front: front,
      best: EquationSelection.best(of: front, teacherLoss: teacherLoss), state: search.state)
    let isRefuted =
      polish.isDone && !isProved && confirmation == nil
      && front.allSatisfy { $0.loss > polish.loss ?? 0 }
    return (found, isRefuted ? try rows?.table(of: table.targetName) : nil)
  }

  /// The table's rows and those where equations disagree; nil where no one can be asked.
  private func disputed(_ front: [DistilledEquation], _ table: SearchTable) -> RowConfirmation? {
    oracle?.confirmation(of: front.map(\.numeric), losses: front.map(\.loss), on: table)
  }

  /// How well formulas solve the problem, if one formula can.
  private var residual: ResidualObjective? {
    guard let problem, problem.unknowns == [table.targetName.name] else { return nil }
    return try? ResidualObjective(problem)
  }

  /// The table in fewer variables, unless the grammar says what the formula does with which of them.
  ///
  /// A single variable leaves a template nothing to say.
  private var reduction: VariableReduction? {
    // Formulas to start from are over the table's own variables.
    guard options.guesses.isEmpty,
      let reduction = structure.flatMap({ VariableReduction(table, by: $0) })
    else {
      return nil
    }
    if case .formula = grammar.template, reduction.table.variables.count > 1 { return nil }
    return reduction
  }

  /// Whether a formula of the hall of fame is proved to solve the problem.
  ///
  /// - Parameters:
  ///   - hall: The best formulas so far.
  ///   - examiner: Makes equations of them.
  ///   - examined: The losses at which formulas were examined, whatever their constants: one is looked
  ///     at again only when its fit has become much better.
  /// - Returns: Whether a solution is on the front.
  private func containsProof(
    _ hall: HallOfFame, _ examiner: EquationExaminer, examined: inout [Expression: Double]
  ) -> Bool {
    guard examiner.residual != nil else { return false }
    for entry in hall.front where entry.rSquared > EquationExaminer.plausibleFit {
      let skeleton = entry.expression.replacingConstants(entry.constants.map { _ in 1 })
      guard entry.loss < 0.5 * (examined[skeleton] ?? .infinity) else { continue }
      examined[skeleton] = entry.loss
      if examiner.solution(entry) != nil { return true }
    }
    return false
  }
}
