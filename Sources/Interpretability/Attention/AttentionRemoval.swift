internal import Networks
public import PINN

/// Ways to take the attention before a layer out of an attention-enhanced network.
public enum AttentionRemoval: String, Sendable, Codable, CaseIterable {
  /// Tokens get nothing from one another: the sum of values is zero.
  case silent

  /// Every token gets the same of all: the pattern is even, whatever the point.
  case even
}

extension TrainedNetwork {
  /// The network without the attention before a layer.
  ///
  /// Attention reads a layer by dense layers of its own: without values it adds nothing, without queries
  /// every token is scored the same.
  ///
  /// - Parameters:
  ///   - layer: The layer that reads what attention gives, from 1.
  ///   - removal: What is taken out.
  /// - Returns: The changed network.
  public func removingAttention(before layer: Int, _ removal: AttentionRemoval) -> TrainedNetwork {
    precondition(network.attentionLayers.contains(layer), "the layer reads what attention gives")
    let name = "layer\(layer).\(removal == .silent ? "value" : "query")"
    var parameters = parameters
    for tensor in network.tensors where ["\(name).weight", "\(name).bias"].contains(tensor.name) {
      for i in tensor.range { parameters[i] = 0 }
    }
    return TrainedNetwork(
      network: network, parameters: parameters, variables: variables, unknowns: unknowns,
      transform: transform, coefficients: coefficients)
  }
}

extension InterventionStudy {
  /// What becomes of the solution without the attention before each layer.
  ///
  /// Neurons are ablated as in any network: ``sweep(_:by:)``.
  ///
  /// - Returns: One effect for each layer and way to take its attention out, such as
  ///   `layer1.attention = silent`; nothing if the network has no attention.
  public func attentionEffects() -> [InterventionEffect] {
    solution.network.attentionLayers.flatMap { layer in
      AttentionRemoval.allCases.map { removal in
        effect(
          of: solution.removingAttention(before: layer, removal),
          named: "layer\(layer).attention = \(removal.rawValue)")
      }
    }
  }
}
