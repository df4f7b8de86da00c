internal import Symbolic
internal import Tensors

/// The time that a search has left once it reached its target loss.
///
/// What meets a target first is seldom the simplest formula that does, so the search goes on for a quarter
/// of the evaluations that it took to get there; for as many again where the target leaves room for
/// look-alikes. Counting evaluations, not seconds, makes it repeat.
struct Polish {
  /// The mean squared residual to reach, below which no formula is better than another; nil for none.
  let loss: Double?

  private var limit: Int?

  /// The evaluations to go on for, in terms of those that it took.
  private let share: Double

  /// The largest normalised loss that only the exact formula reaches.
  private static let exactLoss = 1e-14

  /// Whether the target was reached and the time after it is over.
  private(set) var isDone = false

  /// The least number of evaluations to go on for.
  private static let leastEvaluations = 10_000

  /// Prepares for a search.
  ///
  /// - Parameters:
  ///   - targetLoss: The normalised loss `1 − R²` to reach; nil for none.
  ///   - target: The values to explain.
  init(targetLoss: Double?, target: [Double]) {
    let mean = Statistics.sum(target) / Double(target.count)
    let variance =
      Statistics.sum(target.lazy.map { ($0 - mean) * ($0 - mean) }) / Double(target.count)
    loss = targetLoss.map { $0 * variance }
    share = targetLoss ?? 0 > Self.exactLoss ? 1 : 0.25
  }

  /// Takes notice of a barrier.
  ///
  /// - Parameter progress: What the search has found.
  /// - Returns: Whether the search may end.
  mutating func isDone(_ progress: SearchProgress) -> Bool {
    let spent = progress.counts.evaluations
    if limit == nil, let loss, progress.hallOfFame.leastLoss <= loss {
      limit = spent + max(Int(share * Double(spent)), Self.leastEvaluations)
    }
    isDone = limit.map { spent >= $0 } ?? false
    return isDone
  }
}
