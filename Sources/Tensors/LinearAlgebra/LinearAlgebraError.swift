/// What can go wrong when a linear system is solved.
public enum LinearAlgebraError: Error, Equatable {
  /// A matrix that should be positive definite is not; `order` is the leading minor that failed.
  case notPositiveDefinite(order: Int)

  /// An iteration inside LAPACK did not converge.
  case notConverged(routine: String)
}

extension LinearAlgebraError: CustomStringConvertible {
  /// One sentence that says what was found and what to do about it.
  public var description: String {
    switch self {
    case .notPositiveDefinite(let order):
      "the leading minor of order \(order) is not positive; add damping to the diagonal"
    case .notConverged(let routine):
      "LAPACK's \(routine) did not converge; check the matrix for NaN or infinity"
    }
  }
}
