public import RunStore

/// Why a folder does not hold a sparse autoencoder.
public enum SparseAutoencoderFileError: StoreFailure, Equatable {
  /// A file could not be read or written.
  case file(FileError)

  /// The tensors could not be read.
  case tensors(SafetensorsError)

  /// `cfg.json` is not JSON.
  case invalidConfiguration(path: String, JSONError)

  /// A field of `cfg.json` is missing or of the wrong type.
  case missingField(path: String, field: String)

  /// An architecture that is not known.
  case unknownArchitecture(path: String, name: String)

  /// An option of `cfg.json` that changes what the weights mean and is not supported.
  case unsupportedOption(path: String, field: String, value: String)

  /// A tensor that the architecture needs is not there.
  case missingTensor(path: String, name: String)

  /// A tensor that the architecture does not have.
  case extraTensor(path: String, name: String)

  /// A tensor of another shape than `cfg.json` announces.
  case wrongShape(path: String, name: String, shape: [Int], expected: [Int])

  /// A weight that is NaN or infinite.
  case notFinite(path: String, name: String)

  /// An architecture that another project's layout has no place for.
  case notExportable(to: SparseAutoencoderLayout, architecture: String, known: [String])

  /// The kind of failure, for an exit code.
  public var kind: FailureKind {
    switch self {
    case .file(let error): error.kind
    case .tensors(let error): error.kind
    default: .malformed
    }
  }

  /// One sentence that says what was found, where, and what was expected.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .tensors(let error): error.description
    case .invalidConfiguration(let path, let error):
      "\(path): not JSON: \(error)"
    case .missingField(let path, let field):
      "\(path): the field '\(field)' is missing or has the wrong type"
    case .unknownArchitecture(let path, let name):
      "\(path): unknown architecture '\(name)'; known are "
        + SparseAutoencoderArchitecture.allCases.map(\.rawValue).joined(separator: ", ")
    case .unsupportedOption(let path, let field, let value):
      "\(path): '\(field)' is \(value), which is not supported; fold it into the weights first"
    case .missingTensor(let path, let name):
      "\(path): the tensor '\(name)' is missing"
    case .extraTensor(let path, let name):
      "\(path): the tensor '\(name)' does not belong to this architecture"
    case .wrongShape(let path, let name, let shape, let expected):
      "\(path): the tensor '\(name)' has shape \(shape), expected \(expected)"
    case .notExportable(let layout, let architecture, let known):
      "\(layout.rawValue) has no autoencoder of the kind '\(architecture)'; it knows "
        + known.joined(separator: ", ")
    case .notFinite(let path, let name):
      "\(path): the tensor '\(name)' has a number that is NaN or infinite"
    }
  }
}
