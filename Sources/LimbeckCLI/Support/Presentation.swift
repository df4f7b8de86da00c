import Foundation
import Limbeck

/// Tables for people.
enum Text {
  /// Rows of cells with the columns aligned, the last one to the left and the others to the right.
  static func table(_ rows: [[String]]) -> String {
    let widths = (rows.map(\.count).max() ?? 0) == 0
      ? [] : rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return column == row.count - 1 ? cell : padding + cell
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}

extension TrainingSettings.OptimizerKind {
  /// The optimiser's name for people.
  var title: String {
    switch self {
    case .levenbergMarquardt: "Levenberg-Marquardt with geodesic acceleration"
    case .adam: "Adam"
    }
  }
}

extension TrainingRecord {
  /// The record as one line of progress.
  var line: String {
    let errors = relativeL2.compactMap { $0 }
    let error = errors.isEmpty ? "" : "  error \(errors.map(NumberFormat.short).joined(separator: " "))"
    let rate = seconds > 0 ? Double(step) / seconds : 0
    return "step \(step)  \(NumberFormat.short(rate))/s  loss \(NumberFormat.short(loss))"
      + "  held out \(NumberFormat.short(heldOutLoss))\(error)  \(NumberFormat.short(pace))"
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
    let residuals = residualRMS.map(NumberFormat.short).joined(separator: " ")
    let conditions = conditionRMS.map(NumberFormat.short).joined(separator: " ")
    return line + "\nresidual rms \(residuals), condition rms \(conditions)"
  }
}

extension Distillation {
  /// The front as a table, the chosen equation marked and written out below.
  var table: String {
    guard !front.isEmpty else { return "no equation was found" }
    let hasCheck = front.contains { $0.check != nil }
    var rows = [["", "size", "loss", "R²"] + (hasCheck ? ["residual"] : []) + ["\(target) ="]]
    for (index, equation) in front.enumerated() {
      var row = [
        index == best ? "*" : "", "\(equation.complexity)", NumberFormat.short(equation.loss),
        String(format: "%.6f", equation.identified.rSquared),
      ]
      if hasCheck { row.append(equation.check?.summary(zero: "0 (proved)") ?? "") }
      rows.append(row + [equation.readable.description])
    }
    return Text.table(rows) + "\n\n" + (bestEquation.map { explanation(of: $0) } ?? "")
  }

  private func explanation(of equation: DistilledEquation) -> String {
    var lines = ["\(target) = \(equation.readable)"]
    for constant in equation.identified.constants {
      guard let form = constant.form, let error = constant.standardError else { continue }
      lines.append("  \(form) from \(constant.value) ± \(NumberFormat.short(error))")
    }
    if let check = equation.check {
      lines.append(
        check.isExactSolution
          ? "  proved to solve every equation and condition"
          : "  residual rms \(check.summary(zero: "0 (proved)")), "
            + "with conditions \(check.totalRMS.map(NumberFormat.short) ?? "undefined")")
    }
    return lines.joined(separator: "\n")
  }
}
