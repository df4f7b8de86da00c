import Limbeck

extension CircuitReport {
  /// The circuit and the studies of subnetworks for people.
  var text: String {
    let parts = circuit.components.prefix(6).map { "\($0.count)" }.joined(separator: ", ")
    let lines = [
      ["edges", "\(circuit.edges.count) of \(circuit.total)"],
      ["damage", "\(Self.short(circuit.damage)) (allowed \(Self.short(circuit.tolerance)))"],
      ["of random circuits as large", Self.short(circuit.randomDamage)],
      ["of the network without it", Self.short(circuit.complementDamage)],
      [
        "after one cut more",
        circuit.minimality.map { "at least \(Self.short($0)) times the tolerance" } ?? "–",
      ],
      ["neurons of its parts", parts.isEmpty ? "–" : parts],
    ]
    guard !subnetworks.isEmpty else { return Text.table(lines) }
    let header = [
      "edges", "overlap", "by chance", "ceiling", "cond. cut: cond.", "eq.", "eq. cut: cond.",
      "eq.", "dissociation", "by chance", "verdict",
    ]
    let rows = subnetworks.map { study in
      [
        "\(study.size)", Self.short(study.overlap),
        "\(Self.short(study.chanceLow))…\(Self.short(study.chanceHigh))",
        Self.short(study.ceiling), Self.short(study.cutConditions?.conditions),
        Self.short(study.cutConditions?.equations), Self.short(study.cutEquations?.conditions),
        Self.short(study.cutEquations?.equations), Self.short(study.dissociation),
        "\(Self.short(study.dissociationLow))…\(Self.short(study.dissociationHigh))",
        study.verdict.rawValue,
      ]
    }
    return Text.table(lines) + "\n\n" + Text.table([header] + rows) + "\n\n" + Self.legend
  }

  private static let legend = """
    Damage is the distance from the whole network's values, 1 without any edges. Edges that matter most \
    for the
    conditions and for the equations: their overlap, by chance with as many edges of each layer, and with
    themselves from half of the points (ceiling); the damage when the edges of one set alone are cut;
    dissociation: log10 of how much more each cut harms its own, by chance between random halves.
    """

  private static func short(_ value: Double?) -> String { value.map(NumberFormat.short) ?? "–" }
}
