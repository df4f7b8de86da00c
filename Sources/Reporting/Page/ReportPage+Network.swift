extension ReportPage {
  /// What a layer's neurons do, and which frequencies the network has learned.
  func network() throws(RenderingError) -> HTML? {
    let pictures: [HTML?] = [
      try picture(.activations, caption: "What the neurons of a layer do over the domain."),
      try picture(
        .spectrum,
        caption:
          "Variance by frequency, under Hann's window: of the solution and its error, and of "
          + "the layer's neurons."),
    ]
    let content = pictures.compactMap { $0 }
    return content.isEmpty ? nil : section("Network", content)
  }

  /// The part of the network that does what the whole network does, with its controls.
  func circuit() throws(RenderingError) -> HTML? {
    guard let circuit = results.circuit else { return nil }
    let damages: [(String, Double?)] = [
      ("the circuit alone", circuit.damage),
      ("random circuits of as many weights", circuit.randomDamage),
      ("the network without the circuit", circuit.complementDamage),
    ]
    return section(
      "Circuit",
      [
        HTML(
          "p",
          [
            HTML(
              "\(circuit.size) of \(circuit.total) weights do what the whole network does for the "
                + "\(circuit.objective). Damage is 0 for the whole network and 1 for one without "
                + "weights.")
          ]),
        .table(
          [HTML("what"), HTML("damage")],
          damages.map { [HTML($0.0), $0.1.map { number($0) } ?? HTML("–")] }),
        try picture(.circuit, caption: "The circuit's strongest weights, by what they contribute."),
      ].compactMap { $0 })
  }

  /// What becomes of the solution without parts of the network.
  func interventions() throws(RenderingError) -> HTML? {
    let picture = try picture(
      .ablation,
      caption:
        "What each neuron's absence changes: the solution with the neuron held at zero, minus "
        + "the solution.")
    return picture.map { section("Interventions", [$0]) }
  }

  /// What linear probes read, each beside its controls.
  func probes() throws(RenderingError) -> HTML? {
    guard let probes = results.probes else { return nil }
    let rows = probes.strictest.prefix(Self.probeLimit).map { row -> [HTML] in
      func cell(_ value: Double?) -> HTML { value.map { explained($0) } ?? HTML("–") }
      return [
        HTML(row.layer), HTML(MathText(name: row.target)), cell(row.rSquared),
        row.bounds.count == 2
          ? explained(row.bounds[0]) + " to " + explained(row.bounds[1]) : HTML("–"),
        cell(row.untrained), cell(row.control), cell(row.permuted), cell(row.coordinates),
        row.gain.map { number($0) } ?? HTML("–"),
      ]
    }
    let names = [
      "layer", "target", "R²", "95 %", "untrained", "random fields", "shuffled", "inputs alone",
      "gain in digits",
    ]
    let held =
      probes.strictest[0].split == "blocked" ? "Whole cells of the domain were" : "Samples were"
    return section(
      "Probes",
      [
        HTML(
          "p",
          [
            HTML(
              "\(held) held out. R² means something only beside what the same probe reads from the "
                + "layer before training, for random fields as smooth as the target, for shuffled "
                + "values, and from the inputs alone; gain is what training added, in digits of "
                + "1 − R².")
          ]),
        .table(names.map { HTML($0) }, Array(rows)),
        try picture(.probes, caption: "The same in colours: brighter is closer to 1."),
      ].compactMap { $0 })
  }

  /// R² so that neither 0.9999999 reads as 1 nor its digits are to be counted.
  func explained(_ rSquared: Double) -> HTML {
    guard rSquared > 0.999, rSquared < 1 else {
      return number((1000 * rSquared).rounded() / 1000)
    }
    return HTML("1 − " + MathText(short: 1 - rSquared))
  }

  private static let probeLimit = 80
}
