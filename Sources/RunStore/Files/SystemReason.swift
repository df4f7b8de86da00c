#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why the operating system refused a call: an `errno` value and its text.
public struct SystemReason: Sendable, Equatable, CustomStringConvertible {
  /// The value of `errno` after the call.
  public let code: Int32

  /// Wraps an `errno` value.
  ///
  /// - Parameter code: The value of `errno`.
  public init(code: Int32) {
    self.code = code
  }

  /// The reason of the call that just failed on this thread.
  static var current: SystemReason { SystemReason(code: errno) }

  /// The system's own text, such as `No space left on device`.
  public var description: String { String(cString: strerror(code)) }
}
