/// Why a `.npy` or `.npz` file could not be read.
public enum NumpyError: StoreFailure, Equatable {
  /// The file system refused.
  case file(FileError)

  /// The contents break the rules of the format; `offset` counts bytes from the start of the file,
  /// or of the archive's member if the path ends in one.
  case malformed(path: String, offset: Int, problem: Problem)

  /// The rules of the format that a file can break, and what this reader does not read.
  public enum Problem: Sendable, Equatable {
    /// The file does not begin with the magic bytes of its format.
    case wrongMagic(expected: String)

    /// The file ends before `needed` bytes.
    case truncated(needed: Int)

    /// A format version other than 1, 2 and 3.
    case unknownVersion(UInt8)

    /// The header is not the dictionary that NumPy writes.
    case invalidHeader(expected: String)

    /// Elements that are records of several fields.
    case structuredType

    /// Elements that are not numbers this reader has: complex, text, objects.
    case unknownType(String)

    /// The shape needs more memory than the limit.
    case tooLarge(shape: [Int], limit: Int)

    /// Bytes after the array.
    case trailingBytes(count: Int)

    /// The archive's directory points outside the archive or contradicts itself.
    case invalidArchive(what: String)

    /// A member is packed by a method other than stored and deflate, or is encrypted.
    case unknownCompression(method: Int)

    /// A member claims to be larger than its packed bytes can be, or than the limit.
    case absurdSize(unpacked: Int, packed: Int)

    /// A member's bytes do not have the checksum or the size that the directory states.
    case damagedMember

    /// Two members have one name.
    case duplicateMember(String)
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
      "\(path): not readable as a NumPy file (byte \(offset)): \(problem)"
    }
  }
}

extension NumpyError.Problem: CustomStringConvertible {
  /// What was found and what was expected.
  public var description: String {
    switch self {
    case .wrongMagic(let expected):
      "it does not begin like \(expected)"
    case .truncated(let needed):
      "it ends before byte \(needed); copy or save it again"
    case .unknownVersion(let version):
      "format version \(version) is unknown; known are 1, 2 and 3"
    case .invalidHeader(let expected):
      "the header is damaged: expected \(expected)"
    case .structuredType:
      "its elements are records; save each field as an array of its own, for example with "
        + "numpy.savez(file, **{name: a[name] for name in a.dtype.names})"
    case .unknownType(let type):
      "elements of type '\(type)' are not real numbers; save the array with astype(float)"
    case .tooLarge(let shape, let limit):
      "an array of shape \(shape) needs more than the \(limit) bytes that are accepted"
    case .trailingBytes(let count):
      "\(count) bytes follow the array; save one array a file"
    case .invalidArchive(let what):
      "the zip archive is damaged: \(what)"
    case .unknownCompression(let method):
      "a member is packed by method \(method); save it with numpy.savez or savez_compressed"
    case .absurdSize(let unpacked, let packed):
      "a member of \(packed) packed bytes claims to unpack to \(unpacked)"
    case .damagedMember:
      "the bytes of a member do not match its checksum and size"
    case .duplicateMember(let name):
      "two members are named '\(name)'"
    }
  }
}

/// A problem and its offset, before the reader of a whole file adds the path.
struct NumpyFailure: Error {
  let offset: Int
  let problem: NumpyError.Problem

  func located(in path: String) -> NumpyError {
    .malformed(path: path, offset: offset, problem: problem)
  }
}
