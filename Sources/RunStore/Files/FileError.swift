#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What can go wrong between this module and the file system.
public enum FileError: StoreFailure, Equatable {
  /// There is no file or directory at the path.
  case notFound(path: String)

  /// The file exists but could not be read.
  case unreadable(path: String, reason: SystemReason)

  /// The file or directory could not be created, written, renamed or removed.
  case unwritable(path: String, reason: SystemReason)

  /// The file is larger than the reader accepts.
  case tooLarge(path: String, byteCount: Int, limit: Int)

  /// The kind of failure, for an exit code.
  public var kind: FailureKind {
    switch self {
    case .notFound: .notFound
    case .unreadable: .unreadable
    case .unwritable: .unwritable
    case .tooLarge: .malformed
    }
  }

  /// One sentence that says what was found, where, and what to do.
  public var description: String {
    switch self {
    case .notFound(let path):
      "\(path): no such file or directory; check the path"
    case .unreadable(let path, let reason):
      "\(path): cannot read it: \(reason)"
    case .unwritable(let path, let reason):
      "\(path): cannot write it: \(reason)"
    case .tooLarge(let path, let byteCount, let limit):
      "\(path): \(byteCount) bytes are more than the \(limit) that are accepted"
    }
  }

  /// The error of a failed call that wanted to read `path`.
  static func reading(_ path: String, reason: SystemReason = .current) -> FileError {
    switch reason.code {
    case ENOENT, ENOTDIR: .notFound(path: path)
    default: .unreadable(path: path, reason: reason)
    }
  }

  /// The error of a failed call that wanted to write `path`.
  static func writing(_ path: String, reason: SystemReason = .current) -> FileError {
    .unwritable(path: path, reason: reason)
  }
}
