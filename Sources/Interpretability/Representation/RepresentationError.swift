public import RunStore

/// Why networks cannot be compared.
public enum RepresentationError: StoreFailure, Equatable {
  /// A network has other inputs than the first.
  case otherVariables(String, found: [String], expected: [String])

  /// What was asked for does not fit.
  public var kind: FailureKind { .malformed }

  /// What was found, what was expected and what to do.
  public var description: String {
    switch self {
    case .otherVariables(let name, let found, let expected):
      "\(name): a network of \(found.joined(separator: ", ")) where the first run's has "
        + "\(expected.joined(separator: ", ")); compare runs of the same variables"
    }
  }
}
