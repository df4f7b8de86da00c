/// What every error of this module can tell a program that has to choose an exit code.
public protocol StoreFailure: Error, Sendable, CustomStringConvertible {
  /// The kind of failure, coarse enough for an exit code.
  var kind: FailureKind { get }
}

/// The kinds of failure that a command line tells apart by exit code.
public enum FailureKind: Sendable, Equatable {
  /// The input does not exist.
  case notFound

  /// The operating system refused to read something that exists.
  case unreadable

  /// The contents break the rules of their format or of the project.
  case malformed

  /// The operating system refused to create or change something: disk full, no permission.
  case unwritable
}
