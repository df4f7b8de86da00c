import Limbeck

extension Distiller {
  /// Searches, showing the progress; Ctrl-C ends the search with what was found.
  func run(_ console: Console) throws -> Distillation {
    console.say("searching \(table.rowCount) rows for \(table.targetName)")
    let distillation = try run(
      shouldStop: { Interruption.isRequested },
      report: { progress in console.progress { progress.line } })
    console.clearLine()
    return distillation
  }
}

extension Distiller.Progress {
  /// The progress as one line.
  fileprivate var line: String {
    let counts = search.counts
    let best = best.map { "  best \($0)" } ?? ""
    return "\(NumberFormat.short(search.seconds)) s  \(counts.evaluations) evaluations"
      + "  \(NumberFormat.short(search.rate))/s"
      + "  loss \(NumberFormat.short(search.hallOfFame.leastLoss))\(best)"
  }
}
