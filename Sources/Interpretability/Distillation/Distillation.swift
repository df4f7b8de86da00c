public import Symbolic

/// What a distillation found.
public struct Distillation: Sendable {
  /// What was distilled: a column, an unknown, a site.
  public let target: String

  /// The names of the variables.
  public let variables: [String]

  /// The seed of the search.
  public let seed: Int

  /// Number of rows the equations were fitted to.
  public let rows: Int

  /// Number of rows that losses are means over, where those are more than ``rows``; nil where they are
  /// the same.
  public internal(set) var confirmedRows: Int?

  /// Number of candidates evaluated.
  public let evaluations: Int

  /// What was minimised.
  public let loss: Loss

  /// Seconds of search.
  public let seconds: Double

  /// Why the search ended.
  public let end: SearchStop

  /// The Pareto front, simplest first.
  public let front: [DistilledEquation]

  /// Index of the equation to believe; nil if the front is empty.
  public let best: Int?

  /// Where the search ended, for one that goes on; nil where none can.
  public let state: SearchState?

  /// The equation to believe.
  public var bestEquation: DistilledEquation? { best.map { front[$0] } }
}

extension Distillation {
  /// The least loss of its equations.
  var leastLoss: Double { front.map(\.loss).min() ?? .infinity }

  /// The distillation with what an earlier search of fewer rows spent.
  ///
  /// A search that goes on goes on from the earlier one, whose rows are all that there are at its start.
  func adding(_ earlier: Distillation) -> Distillation {
    Distillation(
      target: target, variables: variables, seed: seed, rows: rows, confirmedRows: confirmedRows,
      evaluations: earlier.evaluations + evaluations, loss: loss,
      seconds: earlier.seconds + seconds, end: end, front: front, best: best, state: earlier.state)
  }
}
