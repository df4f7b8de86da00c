import Limbeck

/// What the screen of a search shows: how fast it goes, how far it is, and the front as a table.
struct SearchPanel: Sendable {
  /// What is searched.
  let title: String

  /// The left side of the equations.
  let target: String

  /// What the search may spend.
  let budget: SearchBudget

  /// Number of threads.
  let threads: Int

  /// Seconds since the search began.
  var seconds = 0.0

  /// Formulas evaluated.
  var evaluations = 0

  /// Formulas evaluated a second.
  var rate = 0.0

  /// The share of the threads' time in which they computed, 0 to 1; nil before it is known.
  var occupation: Double?

  /// Epochs and restarts of the islands; nil for a search without.
  var epochs: (count: Int, restarts: Int)?

  /// The front so far.
  var front: [FrontLine] = []

  /// Whether the search was asked to end.
  var isEnding = false

  /// The smallest screen for which it is made.
  static let leastSize = Terminal.Size(columns: 40, rows: 10)

  /// The lines of the screen.
  ///
  /// - Parameters:
  ///   - size: The terminal's size; lines that are longer are cut.
  ///   - style: How parts are set off.
  /// - Returns: At most as many lines as there are rows.
  func lines(_ size: Terminal.Size, _ style: TextStyle) -> [String] {
    let width = size.columns - 1
    let head = [
      style.bold(Text.cut(title, to: width)), bar(width, style), Text.cut(speed, to: width), "",
    ]
    let isOver = isEnding || (spent ?? 0) >= 1
    let foot =
      isOver
      ? "ending: constants are identified and equations checked"
      : "\(FullScreen.endingKeys) ends the search and keeps the best"
    let table = rows(width, room: size.rows - head.count - 3, style)
    return head + table + ["", style.dim(Text.cut(foot, to: width))]
  }

  /// The part of the budget that is spent; nil without a limit.
  private var spent: Double? {
    ProgressLine.fraction(
      (seconds, budget.seconds), (Double(evaluations), budget.evaluations.map(Double.init)))
  }

  /// The budget and what is spent of it.
  private func bar(_ width: Int, _ style: TextStyle) -> String {
    var words: [String] = []
    words.append(
      Text.duration(seconds) + (budget.seconds.map { " of \(Text.duration($0, digits: 0))" } ?? ""))
    if let limit = budget.evaluations {
      words.append("\(Text.count(evaluations)) of \(Text.count(limit)) formulas")
    }
    guard let fraction = spent else { return Text.cut(words.joined(separator: "   "), to: width) }
    let tail = (["\(Int(100 * fraction))%"] + words).joined(separator: "   ")
    let length = max(0, min(40, width - tail.count - 2))
    let done = Int((fraction * Double(length)).rounded())
    return style.green(String(repeating: "━", count: done))
      + style.dim(String(repeating: "─", count: length - done)) + "  "
      + Text.cut(tail, to: width - length - 2)
  }

  private var speed: String {
    var words = [
      "\(Text.count(Int(rate))) formulas/s",
      "\(threads) thread\(threads == 1 ? "" : "s")"
        + (occupation.map { " \(Int((100 * $0).rounded()))% busy" } ?? ""),
    ]
    if let epochs {
      words.append("epoch \(epochs.count)")
      if epochs.restarts > 0 {
        words.append("\(epochs.restarts) restart\(epochs.restarts == 1 ? "" : "s")")
      }
    }
    words.append("\(Text.count(evaluations)) formulas")
    return words.joined(separator: "   ")
  }

  /// The front as a table of at most so many rows, header included; the simplest give way.
  private func rows(_ width: Int, room: Int, _ style: TextStyle) -> [String] {
    guard !front.isEmpty else { return [style.dim("looking for a first formula")] }
    let hasResidual = front.contains { $0.residual != nil }
    var shown = Array(front.suffix(max(1, room - 1)))
    if !shown.contains(where: \.isBest), let best = front.first(where: \.isBest) { shown[0] = best }
    let header =
      ["", "size", "loss", "score"] + (hasResidual ? ["residual"] : []) + ["\(target) ="]
    let cells = shown.map { line in
      [
        line.isBest ? "*" : "", "\(line.complexity)", NumberFormat.short(line.loss),
        NumberFormat.short(line.score),
      ] + (hasResidual ? [line.residual.map(NumberFormat.short) ?? "undefined"] : [])
        + [line.equation]
    }
    let lines = Text.lines([header] + cells).map { Text.cut($0, to: width) }
    return zip(lines, [false] + shown.map(\.isBest)).enumerated().map { index, pair in
      index == 0 ? style.dim(pair.0) : pair.1 ? style.bold(pair.0) : pair.0
    }
  }
}
