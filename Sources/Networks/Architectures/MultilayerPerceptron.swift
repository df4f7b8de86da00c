/// A fully connected network `x → W_L a(… a(W₀ x + b₀) …) + b_L`.
///
/// Weights start from Glorot's normal distribution, biases from zero.
enum MultilayerPerceptron: Architecture {
  static let options: Set<NetworkOption> = [.activation]

  static func build(_ design: NetworkDesign, in graph: inout LayerGraph) {
    var units = graph.embed(design)
    for (l, width) in design.hidden.enumerated() {
      units = graph.layer(
        units, units: width, activation: design.activations[l], name: "layer\(l)")
      units = graph.site("layer\(l)", units)
    }
    _ = graph.dense(units, units: design.outputs, name: "layer\(design.hidden.count)")
  }
}
