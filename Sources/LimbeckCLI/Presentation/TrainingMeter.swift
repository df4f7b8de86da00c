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
