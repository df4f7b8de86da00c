import Limbeck

extension Ensemble {
  /// The ensemble as a table: a line for each seed, then the middle and the ends.
  var table: String {
    let unknowns = members.first?.summary.relativeL2.map(\.unknown) ?? []
    let header =
      ["seed", "steps", "seconds", "loss"] + unknowns.map { "relative L2 of \($0)" } + ["stopped"]
    var rows = [header]
    for member in members {
      let summary = member.summary
      rows.append(
        ["\(member.seed)", "\(summary.steps)", NumberFormat.short(summary.seconds)]
          + [NumberFormat.short(summary.loss)]
          + summary.relativeL2.map { $0.error.map(NumberFormat.short) ?? "unknown" }
          + [summary.end.rawValue])
    }
    for (name, value) in [
      ("median", \Extent.median), ("least", \Extent.minimum), ("most", \Extent.maximum),
    ] {
      rows.append(
        [name, "", "", loss.map { NumberFormat.short($0[keyPath: value]) } ?? ""]
          + relativeL2.map { $0.map { NumberFormat.short($0[keyPath: value]) } ?? "" } + [""])
    }
    let spreads = zip(unknowns, spread).compactMap { unknown, spread in
      spread.map { "spread of \(unknown) over the seeds \(NumberFormat.short($0))" }
    }
    return ([Text.table(rows)] + spreads).joined(separator: "\n")
  }
}
