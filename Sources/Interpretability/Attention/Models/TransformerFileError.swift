public import RunStore

/// Why a file does not hold a transformer.
public enum TransformerFileError: StoreFailure, Equatable {
  /// A file could not be read.
  case file(FileError)

  /// The tensors could not be read.
  case tensors(SafetensorsError)

  /// The configuration is not JSON.
  case invalidConfiguration(path: String, JSONError)

  /// The configuration asks for something that is not there.
  case unsupportedOption(path: String, field: String, value: String)

  /// The tensors are of none of the known families.
  case unknownFamily(path: String, example: String?)

  /// A tensor that the family has is not there.
  case missingTensor(path: String, name: String)

  /// A tensor has another shape than the others ask for.
  case wrongShape(path: String, name: String, found: [Int], expected: String)

  /// A weight is NaN or infinite.
  case notFinite(path: String, name: String)

  /// Nobody says how many heads there are.
  case noHeads(path: String)

  /// The number of heads does not divide the width.
  case badHeads(path: String, heads: Int, width: Int)

  /// The kind of failure, for an exit code.
  public var kind: FailureKind {
    switch self {
    case .file(let error): error.kind
    case .tensors(let error): error.kind
    default: .malformed
    }
  }

  /// One sentence that says what was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .tensors(let error): error.description
    case .invalidConfiguration(let path, let error):
      "\(path): not JSON: \(error)"
    case .unsupportedOption(let path, let field, let value):
      "\(path): '\(field)' is \(value), which is not supported"
    case .unknownFamily(let path, let example):
      "\(path): neither the tensors of GPT-2 ('wte.weight') nor of BERT "
        + "('embeddings.word_embeddings.weight')"
        + (example.map { "; the first one is '\($0)'" } ?? "; there are none")
    case .missingTensor(let path, let name):
      "\(path): the tensor '\(name)' is missing"
    case .wrongShape(let path, let name, let found, let expected):
      "\(path): tensor '\(name)' has shape \(found), expected \(expected)"
    case .notFinite(let path, let name):
      "\(path): tensor '\(name)' holds a number that is not finite"
    case .noHeads(let path):
      "\(path): tensors do not say how many heads there are; "
        + "put the model's config.json beside the file, or give the number"
    case .badHeads(let path, let heads, let width):
      "\(path): \(heads) heads do not divide the width \(width)"
    }
  }
}
