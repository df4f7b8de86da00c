import Foundation
import Limbeck
import Synchronization

/// Shows how a search goes, on a screen of its own where there is a terminal, and writes its record.
final class SearchMonitor {
  /// What is known of a search at one moment.
  struct Snapshot {
    let seconds: Double
    let evaluations: Int

    /// Evaluations a second.
    let rate: Double

    /// Epochs and restarts of the islands; nil for a search without.
    let epochs: (count: Int, restarts: Int)?

    /// The front; worked out only if somebody looks at it.
    let front: () -> [FrontLine]
  }

  private let console: Console
  private let budget: SearchBudget
  private let activity: String
  private let threads: Int
  private let clock: SearchClock
  private let panel: PanelBox?
  private let screen: LiveScreen?
  private var record: SearchRecord?
  private var note: String?

  /// Begins to watch.
  ///
  /// - Parameters:
  ///   - console: Where words go.
  ///   - activity: What is done, in a word.
  ///   - panel: The screen before the search began.
  ///   - record: What is written, nil for nothing.
  init(_ console: Console, activity: String, panel: SearchPanel, record: SearchRecord?) {
    self.console = console
    self.activity = activity
    self.record = record
    budget = panel.budget
    threads = panel.threads
    let clock = SearchClock()
    self.clock = clock
    guard console.hasScreen else {
      self.panel = nil
      screen = nil
      return
    }
    let box = PanelBox(panel)
    let style = console.style
    self.panel = box
    screen = LiveScreen(
      frame: { size in
        var panel = box.value
        panel.seconds = clock.seconds
        panel.isEnding = Interruption.isRequested
        return panel.lines(size, style)
      },
      pressed: Interruption.take(key:))
  }

  /// Takes notice of a barrier.
  func report(_ snapshot: Snapshot) {
    write(snapshot)
    if let panel {
      let front = snapshot.front()
      let occupation = clock.occupation(of: threads)
      panel.update { panel in
        panel.evaluations = snapshot.evaluations
        panel.rate = snapshot.rate
        panel.epochs = snapshot.epochs
        panel.front = front
        panel.occupation = occupation
      }
    } else {
      console.progress { line(snapshot) }
    }
  }

  /// Gives the terminal back.
  func close() {
    screen?.close()
    console.clearLine()
    if let note { console.say(note) }
  }

  /// Writes the record; a full disk does not end the search.
  private func write(_ snapshot: Snapshot) {
    guard record != nil else { return }
    do {
      try record?.add(
        seconds: snapshot.seconds, evaluations: snapshot.evaluations, front: snapshot.front())
    } catch {
      record = nil
      note = "note: \(error); the search went on without its record"
    }
  }

  private func line(_ snapshot: Snapshot) -> ProgressLine {
    let front = snapshot.front()
    let evaluations = (Double(snapshot.evaluations), budget.evaluations.map(Double.init))
    return ProgressLine(
      activity: activity,
      fraction: ProgressLine.fraction((snapshot.seconds, budget.seconds), evaluations),
      details: ["\(Text.count(Int(snapshot.rate))) formulas/s"]
        + (front.last.map { ["loss \(NumberFormat.short($0.loss))"] } ?? [])
        + (front.first(where: \.isBest).map { ["best \($0.equation)"] } ?? []))
  }
}

/// A panel that one thread updates and another one draws.
private final class PanelBox: Sendable {
  private let panel: Mutex<SearchPanel>

  init(_ panel: SearchPanel) { self.panel = Mutex(panel) }

  var value: SearchPanel { panel.withLock { $0 } }

  func update(_ change: (inout SearchPanel) -> Void) { panel.withLock { change(&$0) } }
}
