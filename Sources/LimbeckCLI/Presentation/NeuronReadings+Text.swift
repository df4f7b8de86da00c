import Limbeck

extension NeuronReadings {
  /// The readings for people.
  var text: String {
    Text.table(
      [["layer", "target", "R²", "untrained", "control", "kind", "neurons"]]
        + rows.map { row in
          [
            row.layer, row.target, row.r2.map(NumberFormat.short) ?? "–",
            row.untrained.map(NumberFormat.short) ?? "–",
            row.control.map(NumberFormat.short) ?? "–", row.kind,
            row.neurons.map(\.description).joined(separator: " "),
          ]
        })
      + "\n\nsparse: the best set of so many neurons, on held-out samples; pair and triplet: the best "
      + "difference\na − b or a − 2b + c, on all samples. Beside them means of untrained networks, and "
      + "for smooth\nrandom fields (control)."
  }
}
