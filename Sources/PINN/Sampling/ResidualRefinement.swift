#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
internal import Tensors

/// Chooses points for the equations where a network's residuals are large; see ``PointRefinement``.
struct ResidualRefinement {
  let method: PointRefinement

  /// Number of points wanted, or for greedy refinement the number to start from.
  let count: Int

  /// Candidates for each point that is wanted.
  static let candidatesPerPoint = 4

  /// Number of candidates to judge.
  var candidateCount: Int { Self.candidatesPerPoint * count }

  /// Chooses among candidates.
  ///
  /// - Parameters:
  ///   - candidates: Scattered points, one array for each variable.
  ///   - errors: The size of the residuals at each of them, not negative.
  ///   - present: The points so far.
  ///   - random: Where the randomness comes from.
  /// - Returns: The points from now on.
  func points(
    among candidates: [[Double]], errors: [Double], present: [[Double]], random: RandomStream
  ) -> [[Double]] {
    switch method {
    case .greedy:
      let worst = errors.indices.sorted { (errors[$0], $1) > (errors[$1], $0) }
        .prefix(max(1, count / 10))
      return zip(present, candidates).map { old, new in old + worst.map { new[$0] } }
    case .distribution:
      let mean = Statistics.sum(errors) / Double(errors.count)
      // Half the density follows the residual and half is even.
      let density = errors.map { mean > 0 ? $0 / mean + 1 : 1 }
      var random = random
      // Efraimidis & Spirakis (2006), doi:10.1016/j.ipl.2005.11.003: the largest of these keys are a
      // weighted sample without replacement.
      let keys = density.map { log(1 - random.uniform()) / $0 }
      let chosen = keys.indices.sorted { (keys[$0], $1) > (keys[$1], $0) }.prefix(count)
      return candidates.map { column in chosen.map { column[$0] } }
    }
  }
}
