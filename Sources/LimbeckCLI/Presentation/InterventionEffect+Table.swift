import Limbeck

extension InterventionEffect {
  /// Effects for people, the largest change first, below the network as it is.
  ///
  /// - Parameters:
  ///   - baseline: The network as it is.
  ///   - effects: The effects.
  ///   - problem: The problem, for the names of unknowns.
  /// - Returns: A table.
  static func table(
    _ baseline: InterventionEffect, _ effects: [InterventionEffect], _ problem: Problem
  ) -> String {
    let header =
      problem.unknowns.map { "change of \($0)" } + errorNames(problem) + ["intervention"]
    let sorted = effects.sorted { $0.largestChange ?? 0 > $1.largestChange ?? 0 }
    let cells = ([baseline] + sorted).map { effect in
      (effect.changes.map { $0.map(NumberFormat.short) ?? "–" }) + effect.errorCells
        + [effect.name]
    }
    return Text.table([header] + cells)
      + "\n\nchange: relative L2; equation and condition: rms of the residual; error: relative L2."
  }

  /// What ``errorCells`` stand for.
  static func errorNames(_ problem: Problem) -> [String] {
    func several(_ name: String, _ count: Int) -> [String] {
      count == 1 ? [name] : (0..<count).map { "\(name) \($0 + 1)" }
    }
    return several("equation", problem.equations.count)
      + several("condition", problem.conditions.count) + problem.unknowns.map { "error of \($0)" }
  }

  /// The residuals and errors.
  var errorCells: [String] {
    (residualRMS + conditionRMS + relativeL2).map { $0.map(NumberFormat.short) ?? "–" }
  }
}
