import Limbeck

/// What the screen of several searches shows: a line for each, those at work first.
struct BatchPanel: Sendable {
  /// One of the searches.
  struct Row: Sendable {
    /// What it is for, such as a target.
    let name: String

    /// The share of its budget that is spent, 0 to 1; nil before it begins, or without a limit.
    var spent: Double?

    /// The best formula so far, its size and its loss.
    var best: (equation: String, complexity: Int, loss: Double)?

    /// How far it is.
    var stage = Stage.waiting
  }

  /// How far a search is; those that are looked at first come first.
  enum Stage: Int, Sendable {
    case working, finished, waiting
  }

  /// What is searched.
  let title: String

  /// Number of threads.
  let threads: Int

  /// The searches.
  var rows: [Row]

  /// Seconds since the searches began.
  var seconds = 0.0

  /// The share of the threads' time in which they computed, 0 to 1; nil before it is known.
  var occupation: Double?

  /// Whether the searches were asked to end.
  var isEnding = false

  /// A line on each search at work, for a log.
  var progress: [ProgressLine] {
    rows.filter { $0.stage == .working }.map { row in
      ProgressLine(
        activity: row.name, fraction: row.spent,
        details: row.best.map { ["loss \(NumberFormat.short($0.loss))", "best \($0.equation)"] }
          ?? ["no formula yet"])
    }
  }

  /// How many searches have ended, of how many.
  var tally: String { "\(count(of: .finished)) of \(rows.count) done" }

  /// The lines of the screen.
  ///
  /// - Parameters:
  ///   - size: The terminal's size; lines that are longer are cut.
  ///   - style: How parts are set off.
  /// - Returns: At most as many lines as there are rows.
  func lines(_ size: Terminal.Size, _ style: TextStyle) -> [String] {
    let width = size.columns - 1
    let busy = occupation.map { " \(Int((100 * $0).rounded()))% busy" } ?? ""
    let state = [
      tally, Text.duration(seconds), "\(threads) thread\(threads == 1 ? "" : "s")\(busy)",
    ]
    let foot =
      isEnding
      ? "ending: constants are identified and equations checked"
      : "\(FullScreen.endingKeys) ends the searches and keeps the best"
    let head = [
      style.bold(Text.cut(title, to: width)), Text.cut(state.joined(separator: "   "), to: width),
      "",
    ]
    return head + table(width, room: size.rows - head.count - 3, style)
      + ["", style.dim(Text.cut(foot, to: width))]
  }

  /// The searches as a table of at most so many lines, header included.
  private func table(_ width: Int, room: Int, _ style: TextStyle) -> [String] {
    let order = rows.indices.sorted {
      (rows[$0].stage.rawValue, $0) < (rows[$1].stage.rawValue, $1)
    }
    let shown = order.prefix(max(1, room - 1)).map { rows[$0] }
    let cells = shown.map { row in
      [
        row.name, Self.state(of: row), row.best.map { "\($0.complexity)" } ?? "",
        row.best.map { NumberFormat.short($0.loss) } ?? "", row.best?.equation ?? "",
      ]
    }
    let lines = Text.lines([["", "spent", "size", "loss", "best so far"]] + cells)
      .map { Text.cut($0, to: width) }
    return [style.dim(lines[0])]
      + zip(lines.dropFirst(), shown).map { line, row in
        row.stage == .finished ? style.green(line) : line
      }
  }

  private static func state(of row: Row) -> String {
    switch row.stage {
    case .waiting: "waits"
    case .finished: "done"
    case .working: row.spent.map { "\(Int(100 * $0))%" } ?? ""
    }
  }

  private func count(of stage: Stage) -> Int { rows.count { $0.stage == stage } }
}
