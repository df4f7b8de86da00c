public import RunStore

/// Why a network that was made elsewhere cannot be imported.
public enum ImportError: StoreFailure, Equatable {
  /// The file is not JSON.
  case notJSON(path: String, JSONError)

  /// An entry is missing or of another kind than it should be.
  case badEntry(path: String, entry: String, expected: String)

  /// A matrix or vector has another shape than the layers around it ask for.
  case badShape(path: String, tensor: String, found: [Int], expected: [Int])

  /// A weight or a scale is NaN, infinite, or a scale of zero.
  case badNumber(path: String, tensor: String)

  /// There are not as many matrices as the recipe's network has layers.
  case layerCount(path: String, found: [String], expected: Int)

  /// The recipe's network is of a kind that cannot be read from weights alone.
  case unsupported(String)

  /// All of these break the rules.
  public var kind: FailureKind { .malformed }

  /// What was found, where, and what was expected.
  public var description: String {
    switch self {
    case .notJSON(let path, let error):
      "\(path): \(error); expected the JSON of a network inspector, or a .safetensors file"
    case .badEntry(let path, let entry, let expected):
      "\(path): '\(entry)' is missing or not \(expected)"
    case .badShape(let path, let tensor, let found, let expected):
      "\(path): '\(tensor)' has the shape \(found), expected \(expected)"
    case .badNumber(let path, let tensor):
      "\(path): '\(tensor)' contains a number that is NaN, infinite, or a scale of zero"
    case .layerCount(let path, let found, let expected):
      "\(path): the recipe's network has \(expected) layers, but the file has the matrices "
        + "\(found.isEmpty ? "none" : found.joined(separator: ", "));\n"
        + "give the recipe's network as many 'hidden' widths as there are layers but the last"
    case .unsupported(let reason):
      reason
    }
  }
}
