public import RunStore

/// Why a run has no spectra.
public enum SpectrumError: StoreFailure, Equatable {
  /// The domain is no box, so that no regular grid covers it.
  case noGrid

  /// The snapshots belong to another network.
  case otherNetwork(found: Int, expected: Int)

  /// What was asked for does not fit the problem.
  public var kind: FailureKind { .malformed }

  /// What was found, and what was expected.
  public var description: String {
    switch self {
    case .noGrid:
      "spectra need a domain that is a box; this one is cut out of one"
    case .otherNetwork(let found, let expected):
      "the weights over training have \(found) numbers, the network \(expected); train anew with "
        + "--snapshots"
    }
  }
}
