public import RunStore

/// Why activations cannot be patched.
public enum PatchError: StoreFailure, Equatable {
  /// The networks have different architectures.
  case differentDesigns(String, String)

  /// The two give the same everywhere.
  case noDifference

  /// A path does not go forward.
  case noPath(String)

  /// A shift names no variables.
  case noShift(String, variables: [String])

  /// What was asked for does not fit.
  public var kind: FailureKind { .malformed }

  /// What was found, what was expected and what to do.
  public var description: String {
    switch self {
    case .differentDesigns(let own, let other):
      own == other
        ? "both networks are '\(own)', but of other inputs or options; patch runs of one recipe"
        : "activations of '\(other)' do not fit into '\(own)'; patch runs of one architecture"
    case .noDifference:
      "the two give the same u everywhere: there is nothing to patch; name another run or a shift"
    case .noPath(let text):
      "'\(text)' is no path; write neurons of later and later layers that the network has: "
        + "layer0.neuron3,layer1.neuron5"
    case .noShift(let text, let variables):
      "'\(text)' is no shift of inputs; write one like \(variables[0])=0.1, the variables are "
        + variables.joined(separator: ", ")
    }
  }
}
