import Limbeck
import Synchronization

/// Shows how several searches go side by side, on a screen of its own where there is a terminal, and
/// writes their records.
///
/// Searches report from any thread.
final class BatchMonitor: Sendable {
  private struct State {
    var panel: BatchPanel
    var records: [SearchRecord]
    var shown: [Double]
    var note: String?

    /// Writes a record; a full disk does not end the searches.
    mutating func write(_ index: Int, seconds: Double, evaluations: Int, front: [FrontLine]) {
      guard !records.isEmpty else { return }
      do {
        try records[index].add(seconds: seconds, evaluations: evaluations, front: front)
      } catch {
        records = []
        note = "note: \(error); the searches went on without their record"
      }
    }
  }

  private let console: Console
  private let budget: SearchBudget
  private let clock = SearchClock()
  private let state: Mutex<State>

  /// Seconds between two looks at the front of a search.
  private static let interval = 0.2

  /// Begins to watch.
  ///
  /// - Parameters:
  ///   - console: Where words go.
  ///   - panel: The screen before the searches begin.
  ///   - budget: What each search may spend.
  ///   - records: What is written of each search; empty for nothing.
  init(_ console: Console, panel: BatchPanel, budget: SearchBudget, records: [SearchRecord]) {
    self.console = console
    self.budget = budget
    state = Mutex(
      State(panel: panel, records: records, shown: panel.rows.map { _ in -Self.interval }))
  }

  /// The screen of the searches, to be closed when they are over; nil where there is no terminal.
  func openScreen() -> LiveScreen? {
    guard console.hasScreen else { return nil }
    let style = console.style
    return LiveScreen(
      frame: { [self] size in
        var panel = state.withLock { $0.panel }
        panel.seconds = clock.seconds
        panel.occupation = clock.occupation(of: panel.threads)
        panel.isEnding = Interruption.isRequested
        return panel.lines(size, style)
      },
      pressed: Interruption.take(key:))
  }

  /// Takes notice of a barrier of a search.
  func report(_ index: Int, _ progress: Distiller.Progress) {
    let search = progress.search
    let now = clock.seconds
    let isDue = state.withLock { state in
      let isDue = now - state.shown[index] >= Self.interval
      if isDue { state.shown[index] = now }
      return isDue || !state.records.isEmpty
    }
    guard isDue else { return }
    let front = progress.front
    let spent = ProgressLine.fraction(
      (search.seconds, budget.seconds),
      (Double(search.counts.evaluations), budget.evaluations.map(Double.init)))
    state.withLock { state in
      state.panel.rows[index].stage = .working
      state.panel.rows[index].spent = spent
      state.panel.rows[index].best = (front.first(where: \.isBest) ?? front.last).map {
        ($0.equation, $0.complexity, $0.loss)
      }
      state.write(
        index, seconds: search.seconds, evaluations: search.counts.evaluations, front: front)
    }
    if !console.hasScreen { console.progress { state.withLock { $0.panel.progress } } }
  }

  /// Takes notice of the end of a search.
  func finish(_ index: Int, _ distillation: Distillation) {
    let (name, tally) = state.withLock { state in
      state.panel.rows[index].stage = .finished
      state.panel.rows[index].best = distillation.bestEquation.map {
        ("\($0.readable)", $0.complexity, $0.loss)
      }
      return (state.panel.rows[index].name, state.panel.tally)
    }
    guard !console.hasScreen else { return }
    let found = distillation.bestEquation.map {
      "\($0.readable)   (loss \(NumberFormat.short($0.loss)))"
    }
    console.say("\(name)  \(found ?? "no equation was found"), \(tally)")
  }

  /// Says what went wrong on the way.
  func close() {
    console.clearLine()
    if let note = state.withLock({ $0.note }) { console.say(note) }
  }
}
