/// A fully connected network whose layers are gated by two encoders of the inputs.
///
/// With `u = a(W_u x + b_u)`, `v = a(W_v x + b_v)` and `z = a(W h + b)`, the next layer reads
/// `h = (1 − z) ∘ u + z ∘ v`, so that the inputs reach every layer. Wang, Teng & Perdikaris (2021),
/// [doi:10.1137/20M1318043](https://doi.org/10.1137/20M1318043).
enum ModifiedMultilayerPerceptron: Architecture {
  static let options: Set<NetworkOption> = [.activation]

  static func check(
    hidden: [Int], features: Int, tokens: Int
  ) throws(NetworkDesignError) {
    try checkEqualWidths(hidden)
  }

  static func build(_ design: NetworkDesign, in graph: inout LayerGraph) {
    var units = graph.embed(design)
    let encoders = graph.encoders(of: units, design)
    for (l, width) in design.hidden.enumerated() {
      let gate = graph.layer(
        units, units: width, activation: design.activations[l], name: "layer\(l)")
      units = graph.gate(gate, base: encoders.base, difference: encoders.difference)
      units = graph.site("layer\(l)", units)
    }
    _ = graph.dense(units, units: design.outputs, name: "layer\(design.hidden.count)")
  }
}

extension LayerGraph {
  /// Adds the two encoders u and v of gated networks, as wide as the first hidden layer.
  ///
  /// - Parameters:
  ///   - units: What is encoded.
  ///   - design: The design.
  /// - Returns: u and `v − u`.
  mutating func encoders(
    of units: LayerSlice, _ design: NetworkDesign
  ) -> (base: LayerSlice, difference: LayerSlice) {
    let (width, activation) = (design.hidden[0], design.activations[0])
    let u = site(
      "encoder0", layer(units, units: width, activation: activation, name: "encoder0"))
    let v = site(
      "encoder1", layer(units, units: width, activation: activation, name: "encoder1"))
    return (u, difference(v, u))
  }
}
