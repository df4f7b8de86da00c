/// A physics-informed residual adaptive network.
///
/// Fourier features Φ are encoded by `u = a(W_u Φ + b_u)` and `v = a(W_v Φ + b_v)`. A block maps x to
/// `α h + (1 − α) x` by three layers, the first two of them gated by u and v:
///
///     f = a(W₁ x + b₁),   z₁ = (1 − f) ∘ u + f ∘ v
///     g = a(W₂ z₁ + b₂),  z₂ = (1 − g) ∘ u + g ∘ v
///     h = a(W₃ z₂ + b₃)
///
/// A trainable α, 0 at first, makes a deep network begin as a linear function of its features. Wang, Li, Chen
/// & Perdikaris (2024), [doi:10.48550/arXiv.2402.00326](https://doi.org/10.48550/arXiv.2402.00326),
/// with u and v in the roles that they have in ``ModifiedMultilayerPerceptron``.
enum PirateNet: Architecture {
  static let options: Set<NetworkOption> = [.activation, .features, .sigma]

  static func check(
    hidden: [Int], features: Int, tokens: Int
  ) throws(NetworkDesignError) {
    try checkEqualWidths(hidden)
    guard hidden[0].isMultiple(of: 2) else {
      throw NetworkDesignError(
        option: .hidden, found: "\(hidden)",
        expected: "an even width: a cosine and a sine of each Fourier feature")
    }
    guard 2 * features == hidden[0] else {
      throw NetworkDesignError(
        option: .features, found: "\(features)",
        expected: "\(hidden[0] / 2), half the width of the layers, which the features pass around")
    }
  }

  static func build(_ design: NetworkDesign, in graph: inout LayerGraph) {
    var units = graph.embed(design)
    units = graph.site("features", units)
    let encoders = graph.encoders(of: units, design)
    for (block, width) in design.hidden.enumerated() {
      var inner = units
      for layer in 0..<3 {
        inner = graph.layer(
          inner, units: width, activation: design.activations[block],
          name: "layer\(block).dense\(layer)")
        guard layer < 2 else { break }
        inner = graph.gate(inner, base: encoders.base, difference: encoders.difference)
      }
      units = graph.interpolate(from: units, to: inner, name: "layer\(block).alpha")
      units = graph.site("layer\(block)", units)
    }
    _ = graph.dense(units, units: design.outputs, name: "layer\(design.hidden.count)")
  }
}
