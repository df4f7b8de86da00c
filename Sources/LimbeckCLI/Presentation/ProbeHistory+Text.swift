import Limbeck

extension ProbeHistory {
  /// The history for people: a row for each moment, a column for each layer and target.
  var text: String {
    var columns: [String] = []
    for row in rows where !columns.contains(Self.name(of: row)) {
      columns.append(Self.name(of: row))
    }
    var steps: [Int] = []
    for row in rows where steps.last != row.step { steps.append(row.step) }
    let cells = steps.map { step in
      let own = rows.filter { $0.step == step }
      return ["\(step)"]
        + columns.map { column in
          own.first { Self.name(of: $0) == column }?.log10Unexplained.map(NumberFormat.short) ?? "–"
        }
    }
    return Text.table([["step"] + columns] + cells)
      + "\n\nlog10(1 − R²) of ridge probes on held-out blocks; step 0 is the untrained network."
  }

  private static func name(of row: Row) -> String { "\(row.layer) \(row.target)" }
}
