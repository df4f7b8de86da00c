public import Networks

/// The layers of a fully connected network that was made elsewhere.
///
/// Layer l computes `Wₗ a + bₗ`, followed by the activation but in the last one.
public struct DenseLayers: Sendable, Equatable {
  /// One affine map.
  public struct Layer: Sendable, Equatable {
    /// W; shape `[out][in]`.
    public var weights: [[Double]]

    /// b; shape `[out]`.
    public var biases: [Double]

    /// Gathers a map.
    ///
    /// - Parameters:
    ///   - weights: W; shape `[out][in]`.
    ///   - biases: b; shape `[out]`.
    public init(weights: [[Double]], biases: [Double]) {
      precondition(weights.count == biases.count, "one bias an output")
      self.weights = weights
      self.biases = biases
    }
  }

  /// The maps, in order; at least two.
  public private(set) var layers: [Layer]

  /// The nonlinearity between them.
  public let activation: Activation

  /// Gathers layers that follow each other.
  ///
  /// - Parameters:
  ///   - layers: The maps; each takes what the one before it gives.
  ///   - activation: The nonlinearity between them.
  public init(_ layers: [Layer], activation: Activation) {
    precondition(layers.count >= 2, "there is a hidden layer")
    precondition(
      zip(layers, layers.dropFirst()).allSatisfy { before, after in
        after.weights.allSatisfy { $0.count == before.biases.count }
      }, "each layer takes what the one before it gives")
    self.layers = layers
    self.activation = activation
  }

  /// Width of each hidden layer.
  public var hidden: [Int] { layers.dropLast().map(\.biases.count) }

  /// The same network for inputs x of which this one is a function of `(x − center) / scale`.
  ///
  /// - Parameters:
  ///   - center: Shape `[inputs]`.
  ///   - scale: Shape `[inputs]`, nowhere zero.
  /// - Returns: A network whose first layer does the scaling.
  public func takingScaled(center: [Double], scale: [Double]) -> DenseLayers {
    var result = self
    for (row, weights) in layers[0].weights.enumerated() {
      let scaled = zip(weights, scale).map { $0 / $1 }
      result.layers[0].weights[row] = scaled
      result.layers[0].biases[row] -= zip(scaled, center).map { $0 * $1 }.reduce(0, +)
    }
    return result
  }

  /// The network with the names of a problem's variables and unknowns.
  ///
  /// - Parameters:
  ///   - problem: A problem with as many variables and unknowns as the network has inputs and outputs.
  ///   - takesScaledInputs: Whether the layers take the variables scaled to [−1, 1], as networks of this
  ///     package do, or as they are.
  /// - Returns: The network.
  public func network(for problem: Problem, takesScaledInputs: Bool = false) -> TrainedNetwork {
    // x = middle + half ξ for the ξ in [−1, 1] that the first layer gets.
    let half = problem.variables.map { $0.width / 2 }
    let middle = problem.variables.map { ($0.lower + $0.upper) / 2 }
    let own =
      takesScaledInputs
      ? self : takingScaled(center: zip(middle, half).map { -$0 / $1 }, scale: half.map { 1 / $0 })
    let network = Network(settings.design(for: problem, seed: 0))
    let parameters = own.layers.flatMap { layer in layer.weights.flatMap(\.self) + layer.biases }
    return TrainedNetwork(
      network: network, parameters: parameters, variables: problem.variables.map(\.name),
      unknowns: problem.unknowns, transform: problem.outputTransform)
  }

  /// The architecture, as a recipe states it.
  public var settings: NetworkSettings {
    NetworkSettings(hidden: hidden, activation: activation)
  }
}
