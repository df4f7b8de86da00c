import Foundation
import Synchronization

/// Where words for people go: progress and logs to standard error, results to standard output.
///
/// On a terminal progress is one line that is rewritten in place; elsewhere a plain line appears now
/// and then. `NO_COLOR` turns colours off (https://no-color.org).
final class Console: Sendable {
  /// How much is said.
  enum Verbosity {
    case quiet, normal, verbose
  }

  /// Whether progress is rewritten in place, on a terminal.
  let isLive: Bool

  /// How parts of what is said are set off.
  let style: TextStyle

  private let verbosity: Verbosity
  private let line: Mutex<LiveLine>

  private struct LiveLine {
    var lastShown: Double
    var isShown = false
  }

  /// Seconds between lines where progress cannot be rewritten in place.
  private static let plainInterval = 5.0

  /// Seconds until the first such line, so that short work passes in silence.
  private static let plainDelay = 1.0

  /// Seconds between updates of the live line.
  private static let liveInterval = 0.1

  init(_ verbosity: Verbosity) {
    self.verbosity = verbosity
    let environment = ProcessInfo.processInfo.environment
    isLive = verbosity != .quiet && Terminal.isAttached && environment["TERM"] != "dumb"
    style = isLive && (environment["NO_COLOR"] ?? "").isEmpty ? .colored : .plain
    line = Mutex(LiveLine(lastShown: Self.now + Self.plainDelay - Self.plainInterval))
  }

  /// Whether there is a terminal with room for a screen.
  var hasScreen: Bool {
    let size = Terminal.size
    let least = SearchPanel.leastSize
    return isLive && size.columns >= least.columns && size.rows >= least.rows
  }

  /// Shows how far the work has come.
  ///
  /// - Parameter progress: Made only when it will be shown.
  func progress(_ progress: () -> ProgressLine) { self.progress { [progress()] } }

  /// Shows how far several pieces of work have come, each in a line; one of them where lines are rewritten in
  /// place.
  ///
  /// - Parameter progress: Made only when they will be shown.
  func progress(_ progress: () -> [ProgressLine]) {
    guard verbosity != .quiet else { return }
    line.withLock { line in
      let time = Self.now
      guard time - line.lastShown >= (isLive ? Self.liveInterval : Self.plainInterval) else {
        return
      }
      line.lastShown = time
      let lines = progress()
      if isLive {
        let live = lines.first?.live(width: Terminal.size.columns, style) ?? ""
        write(Terminal.startOfLine + live)
        line.isShown = true
      } else {
        write(lines.map { $0.plain + "\n" }.joined())
      }
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

  /// Says something that only people who asked for more want to know.
  ///
  /// - Parameter text: One line.
  func detail(_ text: String) {
    if verbosity == .verbose { say(text) }
  }

  /// Warns of points where a network was not trained.
  ///
  /// - Parameter count: How many there are.
  func warn(outside count: Int) {
    guard count > 0 else { return }
    say(
      "warning: \(count) point\(count == 1 ? " is" : "s are") outside the recipe's domain, "
        + "where the network was not trained")
  }

  /// Says what went wrong, whatever the verbosity.
  ///
  /// - Parameter text: One or two lines.
  func fail(_ text: String) {
    clearLine()
    write(style.red("error:") + " " + text + "\n")
  }

  /// Removes the live line, so that what follows starts on a fresh one.
  func clearLine() {
    line.withLock { line in
      if line.isShown { write(Terminal.startOfLine) }
      line.isShown = false
    }
  }

  private func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  private static var now: Double { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }
}
