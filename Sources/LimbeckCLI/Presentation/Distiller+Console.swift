import Limbeck

extension Distiller.Progress {
  /// The line to show.
  ///
  /// - Parameter budget: What the search may spend.
  /// - Returns: The rate, the loss and the best equation so far.
  func line(_ budget: SearchBudget) -> ProgressLine {
    let evaluations = Double(search.counts.evaluations)
    return ProgressLine(
      activity: "searching",
      fraction: ProgressLine.fraction(
        (search.seconds, budget.seconds), (evaluations, budget.evaluations.map(Double.init))),
      details: [
        "\(NumberFormat.short(search.rate)) formulas/s",
        "loss \(NumberFormat.short(search.hallOfFame.leastLoss))",
      ] + (best.map { ["best \($0)"] } ?? []))
  }
}

extension Distiller {
  /// Searches, showing the progress; Ctrl-C ends the search with what was found.
  func run(_ console: Console) throws -> Distillation {
    console.say(
      "searching equations for \(table.targetName) in \(table.rowCount) rows of "
        + table.variables.map(\.name).joined(separator: ", "))
    console.detail("seed \(seed), \(threads) threads")
    let distillation = try run(
      shouldStop: { Interruption.isRequested },
      report: { progress in console.progress { progress.line(budget) } })
    console.clearLine()
    console.detail(
      "\(distillation.evaluations) formulas in \(NumberFormat.short(distillation.seconds)) s")
    return distillation
  }
}
