import Limbeck

/// Tells how a training goes, record by record.
struct TrainingMeter {
  private let settings: TrainingSettings
  private let stepLimit: Int?
  private let termNames: [String]
  private var first: TrainingRecord?

  /// Begins to watch a training.
  init(_ trainer: Trainer) {
    settings = trainer.recipe.training
    termNames = trainer.termNames
    let planned = trainer.plan.stages.map(\.steps)
    let total = planned.allSatisfy { $0 != nil } ? planned.compactMap { $0 }.reduce(0, +) : nil
    stepLimit = [settings.steps, total].compactMap { $0 }.min()
  }

  /// Takes notice of a record.
  ///
  /// - Parameter record: The newest record.
  /// - Returns: The line to show, what matters most first: a narrow terminal cuts the end. The rate
  ///   counts from the first record on: what happened before it, in this session or an earlier one,
  ///   took another time.
  mutating func line(_ record: TrainingRecord) -> ProgressLine {
    let start = first ?? record
    first = start
    var details = ["step \(record.step)", "loss \(NumberFormat.short(record.loss))"]
    let errors = record.relativeL2.compactMap { $0 }
    if errors.isEmpty {
      details.append("held out \(NumberFormat.short(record.heldOutLoss))")
    } else {
      details.append("error " + errors.map(NumberFormat.short).joined(separator: " "))
    }
    details.append("\(record.method.paceName) \(NumberFormat.short(record.pace))")
    if record.seconds > start.seconds {
      let rate = Double(record.step - start.step) / (record.seconds - start.seconds)
      details.append("\(NumberFormat.short(rate)) steps/s")
    }
    details += zip(termNames, record.terms).map { "\($0) \(NumberFormat.short($1))" }
    return ProgressLine(
      activity: "training",
      fraction: ProgressLine.fraction(
        (Double(record.step), stepLimit.map(Double.init)), (record.seconds, settings.time)),
      details: details)
  }
}
