import Foundation
import Synchronization

/// Whether the terminal is in our hands.
///
/// Signal handlers read it, which may only touch atomics outside any type.
private let isShown = Atomic<Bool>(false)

/// The keyboard's mode before ours; written before ``isShown`` becomes true and read only after.
nonisolated(unsafe) private var usualMode = termios()

/// The terminal's second screen, which leaves what was on the first one untouched, with a keyboard
/// that gives single keys without showing them.
///
/// The sequences are those of xterm that all terminals have: 1049 changes the screen, 25 hides the
/// cursor, 7 cuts lines at the edge.
enum FullScreen {
  /// Whether keys can be read.
  static let hasKeyboard = isatty(STDIN_FILENO) == 1

  /// The keys that end a search.
  static var endingKeys: String { hasKeyboard ? "q or Ctrl-C" : "Ctrl-C" }

  /// Whether the screen is shown.
  static var isActive: Bool { isShown.load(ordering: .acquiring) }

  /// Shows the screen, empty.
  static func enter() {
    guard !isActive else { return }
    if hasKeyboard {
      tcgetattr(STDIN_FILENO, &usualMode)
      var mode = usualMode
      mode.c_lflag &= ~tcflag_t(ICANON | ECHO)
      // A read returns what there is, and at once.
      withUnsafeMutableBytes(of: &mode.c_cc) { controls in
        controls[Int(VMIN)] = 0
        controls[Int(VTIME)] = 0
      }
      tcsetattr(STDIN_FILENO, TCSANOW, &mode)
    }
    isShown.store(true, ordering: .releasing)
    write("\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l\u{1B}[2J")
  }

  /// Gives the terminal back as it was; a signal handler may call it.
  static func leave() {
    guard isShown.exchange(false, ordering: .acquiringAndReleasing) else { return }
    write("\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l")
    if hasKeyboard { tcsetattr(STDIN_FILENO, TCSANOW, &usualMode) }
  }

  /// The keys that were pressed since the last call.
  static var keys: [UInt8] {
    guard isActive, hasKeyboard else { return [] }
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = read(STDIN_FILENO, &buffer, buffer.count)
    return Array(buffer.prefix(max(0, count)))
  }

  /// Nothing but a system call on constant bytes, as signal handlers need it.
  private static func write(_ text: StaticString) {
    #if canImport(Glibc)
      _ = Glibc.write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    #elseif canImport(Musl)
      _ = Musl.write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    #else
      _ = Darwin.write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    #endif
  }
}
