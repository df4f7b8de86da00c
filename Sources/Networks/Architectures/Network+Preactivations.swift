extension Network {
  /// The weighted sums that the activations of dense layers take: `layer0.pre` for the layer whose
  /// tensors are called `layer0`.
  ///
  /// In kinds whose layers are more than a dense layer with an activation, such as gated ones, these are
  /// the sums inside of a layer. No part of a network ends at them, and no intervention changes them.
  public var preactivations: [ActivationSite] {
    graph.weightedSums.map { sums in
      ActivationSite(name: sums.name, units: sums.slice.units, parameterCount: sums.parameterCount)
    }
  }
}

extension LayerGraph {
  /// The sums of dense layers that an elementwise function follows, in the order of evaluation.
  var weightedSums: [(name: String, slice: LayerSlice, parameterCount: Int)] {
    steps.compactMap { step in
      guard let activation = step as? ActivationStep else { return nil }
      let layers = steps.lazy.compactMap { $0 as? DenseStep }
      guard let layer = layers.first(where: { $0.output == activation.input }),
        let weights = tensors.first(where: { $0.range.lowerBound == layer.weights }),
        let biases = tensors.first(where: { $0.range.lowerBound == layer.biases })
      else { return nil }
      let name = weights.name.split(separator: ".").dropLast().joined(separator: ".")
      return ("\(name).pre", layer.output, biases.range.upperBound)
    }
  }

  /// Where the values of a site are.
  ///
  /// - Parameter site: A site of the network, or its weighted sums.
  /// - Returns: The slice.
  func slice(of site: ActivationSite) -> LayerSlice {
    let slice =
      sites.first { $0.name == site.name }?.slice
      ?? weightedSums.first { $0.name == site.name }?.slice
    guard let slice else { preconditionFailure("the network has no site '\(site.name)'") }
    return slice
  }
}
