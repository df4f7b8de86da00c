import Limbeck

extension Distiller {
  /// Searches, showing the progress; `q` or Ctrl-C ends the search with what was found.
  ///
  /// - Parameters:
  ///   - console: Where words go.
  ///   - record: What is written about the search, nil for nothing.
  /// - Returns: What was found.
  /// - Throws: `SearchError` if there is nothing to search.
  func run(_ console: Console, record: SearchRecord? = nil) throws -> Distillation {
    let title =
      "searching equations for \(table.targetName) in \(table.rowCount) rows of "
      + table.variables.map(\.name).joined(separator: ", ")
    console.say(title)
    console.detail("seed \(seed), \(threads) threads")
    let monitor = SearchMonitor(
      console, activity: "searching",
      panel: SearchPanel(
        title: title, target: table.targetName.name, budget: budget, threads: threads),
      record: record)
    defer { monitor.close() }
    return try run(
      shouldStop: { Interruption.isRequested },
      report: { progress in
        let search = progress.search
        monitor.report(
          SearchMonitor.Snapshot(
            seconds: search.seconds, evaluations: search.counts.evaluations, rate: search.rate,
            epochs: (search.counts.epochs, search.counts.restarts), front: { progress.front }))
      })
  }
}
