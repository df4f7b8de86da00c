#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The terminal that standard error may be.
enum Terminal {
  /// Goes to the start of the line and empties it (ECMA-48, EL).
  static let startOfLine = "\r\u{1B}[K"

  /// Whether standard error is a terminal.
  static var isAttached: Bool { isatty(STDERR_FILENO) == 1 }

  /// Its number of columns, 80 where it does not say.
  static var width: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
