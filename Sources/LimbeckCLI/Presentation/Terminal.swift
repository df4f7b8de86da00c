#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The terminal that standard error may be.
enum Terminal {
  /// How much fits on the screen.
  struct Size: Equatable, Sendable {
    let columns: Int
    let rows: Int
  }

  /// Goes to the start of the line and empties it (ECMA-48, EL).
  static let startOfLine = "\r\u{1B}[K"

  /// Whether standard error is a terminal.
  static var isAttached: Bool { isatty(STDERR_FILENO) == 1 }

  /// Its size, 80 by 24 where it does not say.
  static var size: Size {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0
    else { return Size(columns: 80, rows: 24) }
    return Size(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }

  /// Whether this process may use the terminal; one in the background that tries is stopped.
  ///
  /// A terminal that does not control the process cannot stop it.
  static var isInForeground: Bool {
    let group = tcgetpgrp(STDERR_FILENO)
    return group == getpgrp() || group < 0
  }
}
