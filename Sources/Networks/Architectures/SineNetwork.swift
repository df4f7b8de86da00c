/// A fully connected network of sines: `h = sin(ω (W x + b))`.
///
/// The weights start uniform in ±1/n for the first layer of n inputs and in `±√(6/n)/ω` for the others,
/// which keeps the distribution of activations from layer to layer: Sitzmann et al. (2020),
/// [doi:10.48550/arXiv.2006.09661](https://doi.org/10.48550/arXiv.2006.09661). Biases are uniform in
/// ±1/√n.
enum SineNetwork: Architecture {
  static let options: Set<NetworkOption> = [.omega]

  static func build(_ design: NetworkDesign, in graph: inout LayerGraph) {
    var units = graph.embed(design)
    for (l, width) in design.hidden.enumerated() {
      let inputs = Double(units.units)
      let bound = l == 0 ? 1 / inputs : (6 / inputs).squareRoot() / design.frequency
      let sums = graph.dense(
        units, units: width, name: "layer\(l)", initial: .uniform(bound: bound),
        initialBiases: .uniform(bound: 1 / inputs.squareRoot()), gain: design.frequency)
      units = graph.apply(.activation(.sin), to: sums)
      units = graph.site("layer\(l)", units)
    }
    let bound = (6 / Double(units.units)).squareRoot() / design.frequency
    _ = graph.dense(
      units, units: design.outputs, name: "layer\(design.hidden.count)",
      initial: .uniform(bound: bound))
  }
}
