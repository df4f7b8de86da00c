/// Which neurons or features of a layer act on which of the next: the paths that carry a quantity.
public struct CircuitGraph: Sendable, Equatable {
  /// A neuron, a feature, an input or an output.
  public struct Node: Sendable, Equatable {
    /// Its name.
    public let name: String

    /// Its layer, from the inputs on.
    public let layer: Int

    /// How much it matters, in 0...1 of the one that matters most.
    public let weight: Double

    /// Names a node.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - layer: Its layer, from the inputs on.
    ///   - weight: How much it matters, in 0...1.
    public init(name: String, layer: Int, weight: Double) {
      self.name = name
      self.layer = layer
      self.weight = weight
    }
  }

  /// An effect of one node on another.
  public struct Edge: Sendable, Equatable {
    /// The index of the node that acts.
    public let source: Int

    /// The index of the node that is acted on.
    public let target: Int

    /// How strongly, with its sign.
    public let strength: Double

    /// Joins two nodes.
    ///
    /// - Parameters:
    ///   - source: The index of the node that acts.
    ///   - target: The index of the node that is acted on.
    ///   - strength: How strongly, with its sign.
    public init(from source: Int, to target: Int, strength: Double) {
      self.source = source
      self.target = target
      self.strength = strength
    }
  }

  /// What the circuit computes.
  public let title: String

  /// The names of the layers, from the inputs on.
  public let layers: [String]

  /// The nodes.
  public let nodes: [Node]

  /// The edges.
  public let edges: [Edge]

  /// Gathers a circuit.
  ///
  /// - Parameters:
  ///   - title: What the circuit computes.
  ///   - layers: The names of the layers, from the inputs on; at least two.
  ///   - nodes: The nodes; at least one.
  ///   - edges: The edges.
  public init(title: String, layers: [String], nodes: [Node], edges: [Edge]) {
    precondition(
      layers.count > 1 && !nodes.isEmpty && nodes.allSatisfy { layers.indices.contains($0.layer) }
        && edges.allSatisfy {
          nodes.indices.contains($0.source) && nodes.indices.contains($0.target)
        }, "edges join nodes, and nodes lie in layers")
    self.title = title
    self.layers = layers
    self.nodes = nodes
    self.edges = edges
  }
}
