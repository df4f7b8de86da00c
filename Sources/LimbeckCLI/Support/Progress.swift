import Limbeck

/// Tells how a training goes, record by record.
struct TrainingMeter {
  private let settings: TrainingSettings
  private var first: TrainingRecord?

  init(_ settings: TrainingSettings) {
    self.settings = settings
  }

  /// Takes notice of a record.
  ///
  /// - Parameter record: The newest record.
  /// - Returns: The line to show. The rate counts from the first record on: what happened before it,
  ///   in this session or an earlier one, took another time.
  mutating func line(_ record: TrainingRecord) -> ProgressLine {
    let start = first ?? record
    first = start
    var details = ["step \(record.step)"]
    if record.seconds > start.seconds {
      let rate = Double(record.step - start.step) / (record.seconds - start.seconds)
      details.append("\(NumberFormat.short(rate)) steps/s")
    }
    details.append("loss \(NumberFormat.short(record.loss))")
    let errors = record.relativeL2.compactMap { $0 }
    if errors.isEmpty {
      details.append("held out \(NumberFormat.short(record.heldOutLoss))")
    } else {
      details.append("error " + errors.map(NumberFormat.short).joined(separator: " "))
    }
    return ProgressLine(
      activity: "training",
      fraction: ProgressLine.fraction(
        (Double(record.step), settings.steps.map(Double.init)), (record.seconds, settings.time)),
      details: details)
  }
}

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
