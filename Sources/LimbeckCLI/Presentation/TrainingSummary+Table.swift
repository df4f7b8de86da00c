import Limbeck

extension TrainingSettings.OptimizerKind {
  /// The optimiser's name for people.
  var title: String {
    switch self {
    case .levenbergMarquardt: "Levenberg-Marquardt with geodesic acceleration"
    case .adam: "Adam"
    case .soap: "SOAP"
    case .lbfgs: "L-BFGS"
    case .selfScaledBroyden: "self-scaled Broyden"
    }
  }

  /// What the pace of its steps is called.
  var paceName: String {
    switch self {
    case .levenbergMarquardt: "damping"
    case .adam, .soap: "rate"
    case .lbfgs, .selfScaledBroyden: "length"
    }
  }
}

extension OptimizerPlan {
  /// The plan for people: `Adam for 500 steps, then L-BFGS`.
  var title: String {
    stages.map { stage in
      stage.method.title + (stage.steps.map { " for \($0) step\($0 == 1 ? "" : "s")" } ?? "")
    }.joined(separator: ", then ")
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
      ] + (accuracy.map { ["accuracy \(NumberFormat.short($0))"] } ?? []) + errors).joined(
        separator: ", ")
  }

  /// The summary as a table.
  var table: String {
    let parts = [("residual rms", residualRMS), ("condition rms", conditionRMS)]
      .filter { !$0.1.isEmpty }
      .map { "\($0.0) \($0.1.map(NumberFormat.short).joined(separator: " "))" }
    let found = coefficients.map { coefficient in
      let error = coefficient.standardError.map { " ± \(NumberFormat.short($0))" } ?? ""
      return "\(coefficient.name) = \(coefficient.value)\(error)"
    }
    return ([line] + found + (parts.isEmpty ? [] : [parts.joined(separator: ", ")]))
      .joined(separator: "\n")
  }
}
