public import Networks
public import RunStore

/// Why a network cannot be taken apart.
public enum CircuitError: StoreFailure, Equatable {
  /// The network has steps that are no layers of edges.
  case notFullyConnected(NetworkDesign)

  /// The problem has nothing of what a circuit should do.
  case noObjective(CircuitObjective)

  /// Cutting every edge changes nothing.
  case noEffect(CircuitObjective)

  /// What was asked for does not fit the network or the problem.
  public var kind: FailureKind { .malformed }

  /// What was found, what was expected and what to do.
  public var description: String {
    switch self {
    case .notFullyConnected(let design):
      "circuits are found in fully connected networks (mlp, fourier, siren), this one is "
        + "'\(design.kind.rawValue)', where neurons are multiplied by each other"
    case .noObjective(let objective):
      "the problem has no \(objective.rawValue); choose another --objective"
    case .noEffect(let objective):
      "the \(objective.rawValue) are the same when every edge is cut: no circuit computes them"
    }
  }
}
