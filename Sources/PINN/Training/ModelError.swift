public import RunStore

/// What can be wrong with a stored network.
public enum ModelError: StoreFailure, Equatable {
  /// The file says nothing about the architecture.
  case noArchitecture(path: String)

  /// The architecture cannot be read or makes no sense.
  case badArchitecture(path: String)

  /// A tensor that the architecture needs is missing.
  case missingTensor(path: String, name: String)

  /// A tensor has another shape than the architecture says.
  case badShape(path: String, name: String, found: [Int], expected: [Int])

  /// A weight is NaN or infinite.
  case notFinite(path: String, name: String)

  /// The network has other inputs and outputs than the problem it is used for.
  case otherProblem(path: String, found: [String], expected: [String])

  /// The network is not the one that the recipe describes.
  case otherNetwork(path: String, found: String, expected: String)

  /// All of these break the rules of the format.
  public var kind: FailureKind { .malformed }

  /// What was found, where, and what was expected.
  public var description: String {
    switch self {
    case .noArchitecture(let path):
      "\(path): the metadata has no 'architecture'; expected a network written by limbeck"
    case .badArchitecture(let path):
      "\(path): the 'architecture' in the metadata is not one of a network limbeck knows"
    case .missingTensor(let path, let name):
      "\(path): there is no tensor '\(name)', which the architecture asks for"
    case .badShape(let path, let name, let found, let expected):
      "\(path): the tensor '\(name)' has the shape \(found), expected \(expected)"
    case .notFinite(let path, let name):
      "\(path): the tensor '\(name)' contains NaN or infinity; the training may have diverged"
    case .otherProblem(let path, let found, let expected):
      "\(path): the network's inputs and outputs are \(found.joined(separator: ", ")), those of the "
        + "recipe \(expected.joined(separator: ", ")); put back the file that belongs to the run"
    case .otherNetwork(let path, let found, let expected):
      "\(path): this is a network of \(found), and the recipe beside it has \(expected);\n"
        + "put back the recipe that the run was trained with, or train again"
    }
  }
}
