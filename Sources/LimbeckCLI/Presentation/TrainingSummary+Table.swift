import Limbeck

extension TrainingSettings.OptimizerKind {
  /// The optimiser's name for people.
  var title: String {
    switch self {
    case .levenbergMarquardt: "Levenberg-Marquardt with geodesic acceleration"
    case .adam: "Adam"
    }
  }
}

extension TrainingSummary {
  /// The summary as one line.
  var line: String {
    let errors = relativeL2.compactMap { pair in
      pair.error.map { "relative L2 of \(pair.unknown) \(NumberFormat.short($0))" }
    }
    return
      ([
        "trained \(steps) steps in \(NumberFormat.short(seconds)) s (\(end.rawValue))",
        "loss \(NumberFormat.short(loss))",
      ] + errors).joined(separator: ", ")
  }

  /// The summary as a table.
  var table: String {
    let parts = [("residual rms", residualRMS), ("condition rms", conditionRMS)]
      .filter { !$0.1.isEmpty }
      .map { "\($0.0) \($0.1.map(NumberFormat.short).joined(separator: " "))" }
    return ([line] + (parts.isEmpty ? [] : [parts.joined(separator: ", ")]))
      .joined(separator: "\n")
  }
}
