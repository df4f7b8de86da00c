import Foundation

/// Where words for people go: progress and logs to standard error, results to standard output.
///
/// On a terminal progress is one line that is rewritten in place; elsewhere a plain line appears now
/// and then. `NO_COLOR` turns colours off (https://no-color.org).
final class Console {
  /// How much is said.
  enum Verbosity {
    case quiet, normal, verbose
  }

  private let verbosity: Verbosity
  private let isLive: Bool
  private let hasColor: Bool
  private var lastPlain = -Double.infinity
  private var lastLive = -Double.infinity
  private var liveLength = 0
  private let start = Console.now

  /// Seconds between lines where progress cannot be rewritten in place.
  private static let plainInterval = 5.0

  /// Seconds between updates of the live line.
  private static let liveInterval = 0.1

  init(_ verbosity: Verbosity) {
    self.verbosity = verbosity
    isLive = isatty(STDERR_FILENO) == 1
    hasColor = isLive && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
  }

  /// Seconds since the command began.
  var elapsed: Double { Console.now - start }

  /// Shows how far the work has come.
  ///
  /// - Parameter text: Made only when it will be shown.
  func progress(_ text: () -> String) {
    guard verbosity != .quiet else { return }
    let time = Console.now
    if isLive {
      guard time - lastLive >= Self.liveInterval else { return }
      lastLive = time
      let line = text()
      write("\r" + line + String(repeating: " ", count: max(0, liveLength - line.count)))
      liveLength = line.count
    } else {
      guard time - lastPlain >= Self.plainInterval else { return }
      lastPlain = time
      write(text() + "\n")
    }
  }

  /// Says something that stays on the screen.
  ///
  /// - Parameter text: One line.
  func say(_ text: String) {
    guard verbosity != .quiet else { return }
    clearLine()
    write(text + "\n")
  }

  /// Says something only people who asked for more want to know.
  ///
  /// - Parameter text: One line.
  func detail(_ text: String) {
    if verbosity == .verbose { say(text) }
  }

  /// Says what went wrong, whatever the verbosity.
  ///
  /// - Parameter text: One or two lines.
  func fail(_ text: String) {
    clearLine()
    write((hasColor ? "\u{1B}[31merror:\u{1B}[0m " : "error: ") + text + "\n")
  }

  /// Ends the live line, so that what follows starts on a fresh one.
  func clearLine() {
    guard liveLength > 0 else { return }
    write("\r" + String(repeating: " ", count: liveLength) + "\r")
    liveLength = 0
  }

  private func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  private static var now: Double { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }
}
