import Dispatch
import Limbeck

/// One search for one law, as `limbeck distill` does it on a table.
struct Trial: Sendable {
  /// The law.
  let problem: BenchmarkProblem

  /// The seed of rows and search.
  let seed: Int

  /// The rows.
  let observations: Observations

  /// What the search found.
  let distillation: Distillation

  /// The limits of the search.
  let limits: Limits

  /// Seconds from the table to the printed equation.
  let seconds: Double

  /// Seconds until the data were explained to rounding; nil if they never were.
  let secondsToFit: Double?

  /// The variance of the target, to which losses are relative.
  let variance: Double

  /// Whether the chosen equation is the law.
  let verdict: Verdict

  /// The limits of a search.
  struct Limits: Sendable {
    /// The operators and limits of the search.
    var grammar: Grammar

    /// What the search leaves out.
    var ablations: [Ablation] = []

    /// Seconds.
    var seconds: Double

    /// Evaluations of candidates; nil for no limit.
    var evaluations: Int?

    /// Threads.
    var threads: Int
  }

  /// The loss relative to the variance below which data without noise are explained.
  static let exactLoss = 1e-22

  /// Searches.
  ///
  /// - Parameters:
  ///   - problem: The law.
  ///   - conditions: How many rows, how noisy, how many other columns.
  ///   - limits: The limits of the search.
  ///   - seed: The seed of rows and search.
  /// - Throws: An error of the library that says why the law cannot be observed or searched for.
  init(
    of problem: BenchmarkProblem, under conditions: Conditions, limits: Limits,
    seed: Int
  ) throws {
    let observations = try Observations(of: problem, under: conditions, seed: seed)
    let sample = try TableSample(
      observations.table, path: problem.id, target: problem.target.name, rows: nil, seed: seed)
    var distiller = Distiller(
      table: sample.table, grammar: limits.grammar,
      budget: SearchBudget(
        seconds: limits.seconds, evaluations: limits.evaluations,
        targetLoss: sample.roundingLoss),
      threads: limits.threads)
    distiller.seed = seed
    for ablation in limits.ablations { ablation.apply(to: &distiller.options) }

    let variance = Statistics.variance(sample.table.target) ?? 1
    let start = DispatchTime.now().uptimeNanoseconds
    var secondsToFit: Double?
    distillation = try distiller.run(report: { progress in
      if secondsToFit == nil, progress.search.hallOfFame.leastLoss <= Self.exactLoss * variance {
        secondsToFit = progress.search.seconds
      }
    })
    seconds = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
    self.secondsToFit = secondsToFit
    self.problem = problem
    self.seed = seed
    self.limits = limits
    self.observations = observations
    self.variance = variance
    verdict =
      distillation.bestEquation.map {
        Verdict(
          $0.numeric, of: problem.formula, variables: problem.variables.map(\.symbol),
          ranges: observations.ranges)
      } ?? .different
  }
}
