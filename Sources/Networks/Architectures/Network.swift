public import Tensors

/// A network: a function of its inputs and of a flat vector of parameters.
///
/// The inputs are mapped affinely from their box to [−1, 1], which a network with tanh-like activations
/// needs to train well whatever their units. What happens then is the ``NetworkKind``'s choice. The
/// type describes the network and holds no parameters.
public struct Network: Sendable {
  /// What the network is like.
  public let design: NetworkDesign

  /// The changes of its activations, none unless asked for; they are not stored with a network.
  public let interventions: [Intervention]

  /// The steps from inputs to outputs.
  let graph: LayerGraph

  /// Builds a network.
  ///
  /// - Parameters:
  ///   - design: What it is like; its widths are positive and its options fit its kind.
  ///   - interventions: The changes of its activations, at sites that it has.
  public init(_ design: NetworkDesign, interventions: [Intervention] = []) {
    precondition(design.isValid, "the design describes a network of its kind")
    self.design = design
    self.interventions = interventions
    let graph = LayerGraph(design, interventions: interventions)
    self.graph = graph
    precondition(graph.isComplete(design), "the design names a site that the network has")
    precondition(
      interventions.allSatisfy { change in graph.sites.contains { $0.name == change.site } },
      "an intervention names a site that the network has")
  }

  /// Builds a fully connected network.
  ///
  /// - Parameters:
  ///   - hidden: Width of each hidden layer; at least one.
  ///   - outputs: Number of outputs.
  ///   - activation: The nonlinearity of the hidden layers.
  ///   - lower: Lower corner of the inputs' box.
  ///   - upper: Upper corner, above the lower one in every coordinate.
  public init(
    hidden: [Int], outputs: Int, activation: Activation = .tanh, lower: [Double], upper: [Double]
  ) {
    self.init(
      NetworkDesign(
        hidden: hidden, outputs: outputs, activation: activation, lower: lower, upper: upper))
  }

  /// Number of inputs.
  public var inputs: Int { design.inputs }

  /// Number of outputs.
  public var outputs: Int { design.outputs }

  /// Width of each hidden layer.
  public var hidden: [Int] { design.hidden }

  /// Lower corner of the inputs' box; shape `[inputs]`.
  public var lower: [Double] { design.lower }

  /// Upper corner of the inputs' box; shape `[inputs]`.
  public var upper: [Double] { design.upper }

  /// The trainable tensors, in the order of the flat parameters.
  public var tensors: [ParameterTensor] { graph.tensors }

  /// Number of trainable parameters.
  public var parameterCount: Int { graph.parameterCount }

  /// The largest number of units that stand side by side.
  public var width: Int { graph.slots.dropFirst().max() ?? 1 }

  /// Parameters to start from, by the scheme of the network's kind.
  ///
  /// - Parameter random: Where the randomness comes from.
  /// - Returns: `parameterCount` numbers.
  public func initialParameters(random: inout RandomStream) -> [Double] {
    graph.initialParameters(random: &random)
  }
}

extension Network: Equatable {
  /// Whether two networks are the same function of inputs and parameters.
  public static func == (left: Network, right: Network) -> Bool {
    left.design == right.design && left.interventions == right.interventions
  }
}

extension Network: Codable {
  /// Reads a network's design.
  ///
  /// - Parameter decoder: Where to read from.
  /// - Throws: `DecodingError` if the design makes no sense.
  public init(from decoder: any Decoder) throws {
    let design = try NetworkDesign(from: decoder)
    let graph = LayerGraph(design)
    guard graph.isComplete(design) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no such site"))
    }
    self.design = design
    self.graph = graph
    interventions = []
  }

  /// Writes the design.
  ///
  /// - Parameter encoder: Where to write.
  /// - Throws: `EncodingError` if a number is not finite.
  public func encode(to encoder: any Encoder) throws { try design.encode(to: encoder) }
}
