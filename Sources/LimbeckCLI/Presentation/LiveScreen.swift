import Foundation

/// A screen that is drawn several times a second while the work goes on elsewhere.
///
/// It follows the terminal's size, gives the terminal back when the process is stopped (Ctrl-Z) or
/// sent to the background, and takes it again when it returns.
final class LiveScreen {
  private let timer: any DispatchSourceTimer
  private let queue: DispatchQueue

  /// Shows nothing for so long, in seconds: most searches are over before.
  private static let delay = 0.3

  /// Seconds between two drawings.
  private static let interval = 0.2

  /// Starts drawing.
  ///
  /// - Parameters:
  ///   - frame: The lines for a screen of a size; none may be wider.
  ///   - pressed: Receives each key.
  init(
    frame: @escaping @Sendable (Terminal.Size) -> [String],
    pressed: @escaping @Sendable (UInt8) -> Void
  ) {
    signal(SIGTSTP) { _ in
      FullScreen.leave()
      raise(SIGSTOP)
    }
    queue = DispatchQueue(label: "screen")
    timer = DispatchSource.makeTimerSource(queue: queue)
    timer.schedule(deadline: .now() + Self.delay, repeating: Self.interval)
    let painter = Painter()
    timer.setEventHandler {
      guard Terminal.isInForeground else { return }
      FullScreen.keys.forEach(pressed)
      painter.draw(frame)
    }
    timer.resume()
  }

  /// Stops drawing and gives the terminal back.
  func close() {
    timer.cancel()
    // What is being drawn is drawn to its end first.
    queue.sync { FullScreen.leave() }
    signal(SIGTSTP, SIG_DFL)
  }
}

/// Draws frames over each other, on one queue only.
private final class Painter: @unchecked Sendable {
  private var size = Terminal.Size(columns: 0, rows: 0)

  func draw(_ frame: (Terminal.Size) -> [String]) {
    let wasActive = FullScreen.isActive
    FullScreen.enter()
    let now = Terminal.size
    // Another size, or another program's screen in between, leaves remains.
    let start = wasActive && now == size ? "\u{1B}[H" : "\u{1B}[2J\u{1B}[H"
    size = now
    let lines = frame(now).prefix(now.rows).map { $0 + "\u{1B}[K" }
    let text = start + lines.joined(separator: "\n") + "\u{1B}[J"
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
