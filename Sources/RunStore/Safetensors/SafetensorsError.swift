/// Why a safetensors file could not be read.
public enum SafetensorsError: StoreFailure, Equatable {
  /// The file system refused.
  case file(FileError)

  /// The contents break the rules of the format; `offset` counts bytes from the file's start.
  case malformed(path: String, offset: Int, problem: Problem)

  /// The rules of the format that a file can break.
  public enum Problem: Sendable, Equatable {
    /// The file ends before `needed` bytes.
    case truncated(needed: Int)

    /// The length of the JSON header is absurd.
    case headerTooLarge(UInt64, limit: Int)

    /// The header is not JSON.
    case invalidHeader(JSONError)

    /// The header is JSON, but not an object.
    case headerIsNotAnObject

    /// `__metadata__` is not a map from texts to texts.
    case invalidMetadata

    /// A tensor's entry lacks a field, or the field has the wrong type or sign.
    case invalidEntry(tensor: String, field: String)

    /// A number type that this reader does not have.
    case unknownType(tensor: String, type: String)

    /// A tensor ends after the file.
    case outOfBounds(tensor: String, end: Int, available: Int)

    /// The shape does not need the bytes that the offsets span.
    case sizeMismatch(tensor: String, shape: [Int], type: ElementType, stored: Int)

    /// A tensor begins inside another.
    case overlap(tensor: String)

    /// Bytes that belong to no tensor.
    case gap(byteCount: Int)
  }

  /// The kind of failure, for an exit code.
  public var kind: FailureKind {
    switch self {
    case .file(let error): error.kind
    case .malformed: .malformed
    }
  }

  /// One sentence that says what was found, where, and what was expected.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .malformed(let path, let offset, let problem):
      "\(path): not a valid safetensors file (byte \(offset)): \(problem)"
    }
  }
}

extension SafetensorsError.Problem: CustomStringConvertible {
  /// What was found and what was expected.
  public var description: String {
    switch self {
    case .truncated(let needed):
      "it ends before byte \(needed); copy or download it again"
    case .headerTooLarge(let count, let limit):
      "a header of \(count) bytes is announced, at most \(limit) are accepted"
    case .invalidHeader(let error):
      "the header is not JSON: \(error)"
    case .headerIsNotAnObject:
      "the header is not a JSON object of tensors"
    case .invalidMetadata:
      "'__metadata__' is not a map from texts to texts"
    case .invalidEntry(let tensor, let field):
      "tensor '\(tensor)' has a missing or invalid '\(field)'"
    case .unknownType(let tensor, let type):
      "tensor '\(tensor)' has type '\(type)'; known are "
        + ElementType.allCases.map(\.safetensorsName).joined(separator: ", ")
    case .outOfBounds(let tensor, let end, let available):
      "tensor '\(tensor)' ends at byte \(end) of the data, which has \(available)"
    case .sizeMismatch(let tensor, let shape, let type, let stored):
      "tensor '\(tensor)' of shape \(shape) and type \(type.safetensorsName) "
        + "does not fit the \(stored) bytes stored for it"
    case .overlap(let tensor):
      "tensor '\(tensor)' begins inside another one"
    case .gap(let byteCount):
      "\(byteCount) bytes belong to no tensor"
    }
  }
}
