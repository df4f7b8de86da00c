import Limbeck

extension ResidualDistiller {
  /// Searches, showing the progress; `q` or Ctrl-C ends the search with what was found.
  ///
  /// - Parameters:
  ///   - console: Where words go.
  ///   - record: What is written about the search, nil for nothing.
  /// - Returns: What was found.
  /// - Throws: `SearchError` if there is nothing to search.
  func run(_ console: Console, record: SearchRecord? = nil) throws -> Distillation {
    let title =
      "searching for a solution \(problem.unknowns[0]) of "
      + problem.variables.map(\.name).joined(separator: ", ")
    console.say(title)
    console.detail("seed \(seed), \(threads) threads")
    let monitor = SearchMonitor(
      console, activity: "solving",
      panel: SearchPanel(
        title: title, target: problem.unknowns[0], budget: budget, threads: threads),
      record: record)
    defer { monitor.close() }
    return try run(
      shouldStop: { Interruption.isRequested },
      report: { progress in
        monitor.report(
          SearchMonitor.Snapshot(
            seconds: progress.seconds, evaluations: progress.evaluations,
            rate: Double(progress.evaluations) / max(progress.seconds, 1e-9), epochs: nil,
            front: { progress.front }))
      })
  }
}
