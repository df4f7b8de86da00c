import Foundation
import Limbeck

extension Distillation {
  /// The front as a table, the chosen equation marked and written out below.
  var table: String {
    guard !front.isEmpty else { return "no equation was found" }
    let hasCheck = front.contains { $0.check != nil }
    let header =
      ["", "size", loss == .l2 ? "loss" : "\(loss)", "R²", "score"]
      + (hasCheck ? ["residual", "conditions"] : []) + ["\(target) ="]
    let rows = front.enumerated().map { index, equation in
      [
        index == best ? "*" : "", "\(equation.complexity)", NumberFormat.short(equation.loss),
        // Adding zero takes the sign from a negative one.
        String(format: "%.6f", (1e6 * equation.rSquared).rounded() / 1e6 + 0),
        NumberFormat.short(equation.score),
      ] + (hasCheck ? Self.checkCells(equation.check) : []) + [equation.readable.description]
    }
    return Text.table([header] + rows)
      + (bestEquation.map { "\n\n" + explanation(of: $0) } ?? "")
  }

  /// The target and the chosen equation.
  var line: String {
    guard let equation = bestEquation else { return "\(target): no equation was found" }
    return "\(target) = \(equation.readable)   (loss \(NumberFormat.short(equation.loss)))"
  }

  /// How well the equations and the conditions are met: a constant may solve the former alone.
  private static func checkCells(_ check: SolutionCheck?) -> [String] {
    guard let check else { return ["", ""] }
    return [check.summary(zero: "0 (proved)"), check.conditionSummary(zero: "0 (proved)")]
  }

  private func explanation(of equation: DistilledEquation) -> String {
    var lines = ["\(target) = \(equation.readable)"]
    if equation.constants.contains(where: { $0.form != nil }),
      equation.readableFit != equation.readable
    {
      lines.append("  fitted as \(equation.readableFit)")
    }
    for parameter in equation.categories {
      lines += parameter.categories.indices.map { index in
        let error = parameter.standardErrors[index].map { " ± \(NumberFormat.short($0))" } ?? ""
        return "  \(parameter.name)[\(NumberFormat.short(parameter.categories[index]))] = "
          + "\(parameter.values[index])\(error)"
      }
    }
    for constant in equation.constants {
      // Without an error the number is no estimate: it was the form from the start.
      guard let form = constant.form, form != .one, let error = constant.standardError, error > 0
      else {
        continue
      }
      lines.append("  \(form) from \(constant.value) ± \(NumberFormat.short(error))")
    }
    if let check = equation.check {
      lines.append(
        check.isExactSolution
          ? "  proved to solve every equation and condition"
          : "  residual rms \(check.summary(zero: "0 (proved)")), "
            + "conditions rms \(check.conditionSummary(zero: "0 (proved)"))")
    }
    return lines.joined(separator: "\n")
  }
}
