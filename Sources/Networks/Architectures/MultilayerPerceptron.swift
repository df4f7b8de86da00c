public import Tensors

/// A fully connected network `x → W_L a(… a(W₀ x̂ + b₀) …) + b_L`.
///
/// `x̂` is the input mapped affinely from its box to [−1, 1], which a network with tanh-like
/// activations needs to train well whatever the units of x. This type describes the network;
/// its parameters are a flat vector: for each layer the weights `[out, in]`, row by row, then the
/// biases `[out]`.
public struct MultilayerPerceptron: Sendable, Codable, Equatable {
  /// Number of inputs.
  public let inputs: Int

  /// Width of each hidden layer.
  public let hidden: [Int]

  /// Number of outputs.
  public let outputs: Int

  /// The nonlinearity of the hidden layers.
  public let activation: Activation

  /// Lower corner of the inputs' box; shape `[inputs]`.
  public let lower: [Double]

  /// Upper corner of the inputs' box; shape `[inputs]`.
  public let upper: [Double]

  /// Describes a network.
  ///
  /// - Parameters:
  ///   - hidden: Width of each hidden layer; at least one.
  ///   - outputs: Number of outputs.
  ///   - activation: The nonlinearity of the hidden layers.
  ///   - lower: Lower corner of the inputs' box.
  ///   - upper: Upper corner, above the lower one in every coordinate.
  public init(
    hidden: [Int], outputs: Int, activation: Activation, lower: [Double], upper: [Double]
  ) {
    precondition(!hidden.isEmpty && hidden.allSatisfy { $0 > 0 }, "hidden layers have units")
    precondition(outputs > 0 && !lower.isEmpty, "a network has inputs and outputs")
    precondition(
      lower.count == upper.count && zip(lower, upper).allSatisfy { $0 < $1 },
      "the inputs' box has a positive width in every coordinate")
    inputs = lower.count
    self.hidden = hidden
    self.outputs = outputs
    self.activation = activation
    self.lower = lower
    self.upper = upper
  }

  /// Reads a description and checks that it makes sense.
  ///
  /// - Parameter decoder: Where to read from.
  /// - Throws: `DecodingError` if a width is absurd or an interval has none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    inputs = try container.decode(Int.self, forKey: .inputs)
    hidden = try container.decode([Int].self, forKey: .hidden)
    outputs = try container.decode(Int.self, forKey: .outputs)
    activation = try container.decode(Activation.self, forKey: .activation)
    lower = try container.decode([Double].self, forKey: .lower)
    upper = try container.decode([Double].self, forKey: .upper)
    let widths = hidden + [inputs, outputs]
    guard !hidden.isEmpty, widths.allSatisfy({ (1...65_536).contains($0) }),
      lower.count == inputs, upper.count == inputs, zip(lower, upper).allSatisfy({ $0 < $1 })
    else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a network"))
    }
  }

  /// Number of units in front of and behind each layer of weights, first layer first.
  public var layers: [(inputs: Int, outputs: Int)] {
    let widths = [inputs] + hidden + [outputs]
    return zip(widths, widths.dropFirst()).map { ($0, $1) }
  }

  /// Where each layer's parameters begin in the flat vector: weights, then biases.
  public var offsets: [(weights: Int, biases: Int)] {
    var offset = 0
    return layers.map { layer in
      let start = offset
      offset += (layer.inputs + 1) * layer.outputs
      return (start, start + layer.inputs * layer.outputs)
    }
  }

  /// Number of weights and biases.
  public var parameterCount: Int {
    layers.reduce(0) { $0 + ($1.inputs + 1) * $1.outputs }
  }

  /// Parameters to start from: Glorot's normal weights, zero biases.
  ///
  /// Variance `2 / (in + out)`: Glorot & Bengio (2010),
  /// [PMLR 9:249](https://proceedings.mlr.press/v9/glorot10a.html).
  ///
  /// - Parameter random: Where the randomness comes from.
  /// - Returns: `parameterCount` numbers.
  public func initialParameters(random: inout RandomStream) -> [Double] {
    var parameters: [Double] = []
    for layer in layers {
      let scale = (2 / Double(layer.inputs + layer.outputs)).squareRoot()
      for _ in 0..<layer.inputs * layer.outputs { parameters.append(scale * random.normal()) }
      parameters.append(contentsOf: Array(repeating: 0, count: layer.outputs))
    }
    return parameters
  }
}
