extension HeatMapFigure {
  /// Every probe beside its controls, on the scale of −log₁₀(1 − R²).
  ///
  /// The layers of the trained network stand first, then the same layers before training, the same
  /// layers asked for random fields and for shuffled values, and the coordinates alone.
  ///
  /// - Parameter probes: The probes.
  public init(_ probes: ProbeResults) {
    let (layers, targets) = (probes.layers, probes.targets)
    let rows = probes.strictest
    func column(_ layer: String, _ value: (ProbeResults.Row) -> Double?) -> [Double] {
      targets.map { target in
        rows.last { $0.layer == layer && $0.target == target }.flatMap(value) ?? .nan
      }
    }
    let kinds: [(title: String, value: (ProbeResults.Row) -> Double?)] = [
      ("trained", { $0.rSquared }), ("untrained", { $0.untrained }),
      ("random fields", { $0.control }), ("shuffled", { $0.permuted }),
    ]
    var (groups, names, columns): ([Group], [String], [[Double]]) = ([], [], [])
    for kind in kinds {
      let values = layers.map { column($0, kind.value) }
      guard values.joined().contains(where: { !$0.isNaN }) else { continue }
      groups.append(Group(title: kind.title, count: layers.count))
      names += layers
      columns += values
    }
    let inputs = column(layers[0]) { $0.coordinates }
    if inputs.contains(where: { !$0.isNaN }) {
      groups.append(Group(title: "inputs", count: 1))
      names.append("alone")
      columns.append(inputs)
    }
    self.init(
      title: "What a linear probe reads from held-out "
        + (rows[0].split == "blocked" ? "cells of the domain" : "samples"),
      NamedTable(
        rows: targets, columns: names,
        values: targets.indices.map { row in columns.map { $0[row] } }),
      coloring: .explained, groups: groups)
  }
}
