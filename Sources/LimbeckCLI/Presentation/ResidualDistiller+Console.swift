import Limbeck

extension ResidualDistiller {
  /// Searches, showing the progress; Ctrl-C ends the search with what was found.
  func run(_ console: Console) throws -> Distillation {
    console.say(
      "searching for a solution \(problem.unknowns[0]) of "
        + problem.variables.map(\.name).joined(separator: ", "))
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

extension ResidualDistiller.Progress {
  /// The line to show.
  fileprivate func line(_ budget: SearchBudget) -> ProgressLine {
    let evaluations = (Double(evaluations), budget.evaluations.map(Double.init))
    return ProgressLine(
      activity: "solving",
      fraction: ProgressLine.fraction((seconds, budget.seconds), evaluations),
      details: [
        "\(NumberFormat.short(Double(self.evaluations) / max(seconds, 1e-9))) formulas/s",
        "loss \(NumberFormat.short(loss))",
      ] + (best.map { ["best \($0)"] } ?? []))
  }
}
