/// A part of a network that does nearly what the whole network does, with what makes the claim mean
/// something beside it.
public struct Circuit: Sendable, Equatable, Codable {
  /// What the circuit does.
  public let objective: CircuitObjective

  /// The damage that was allowed; see ``CircuitSearch``.
  public let tolerance: Double

  /// The edges, by index.
  public let edges: [Int]

  /// Number of edges of the whole network.
  public let total: Int

  /// The damage of the circuit alone: `‖y − y*‖ / ‖y° − y*‖`.
  public let damage: Double

  /// The damage when the circuit is cut and all else is kept: near 1 or above if nothing else can do it.
  public let complementDamage: Double

  /// The damage of circuits of random edges, as many in each layer: the mean over the draws.
  public let randomDamage: Double

  /// The smallest damage after cutting one edge more, in units of the tolerance; nil without edges.
  ///
  /// Above 1 none of the edges tried can be spared: the 128 that the circuit's derivatives predict to matter
  /// least. Cutting goes on until that holds.
  public let minimality: Double?

  /// Hidden neurons of the circuit by the parts that are not joined to each other by its edges between
  /// hidden neurons, each a list of (layer, neuron).
  public let components: [[Neuron]]

  /// A neuron of a hidden layer.
  public struct Neuron: Sendable, Hashable, Codable {
    /// The hidden layer.
    public let layer: Int

    /// The neuron.
    public let index: Int
  }

  /// How much of the network's doing the circuit has: `1 − damage`.
  public var faithfulness: Double { 1 - damage }
}

extension LayeredGraph {
  /// The hidden neurons of a circuit by the parts that its edges between them join.
  ///
  /// Neurons without an edge into them or without one out of them belong to no part.
  ///
  /// - Parameter present: Whether each edge is there.
  /// - Returns: The parts, the largest first, neurons in order.
  func components(of present: [Bool]) -> [[Circuit.Neuron]] {
    var entered: Set<Circuit.Neuron> = []
    var left: Set<Circuit.Neuron> = []
    var joints: [(Circuit.Neuron, Circuit.Neuron)] = []
    for index in present.indices where present[index] {
      let edge = edge(index)
      let source = Circuit.Neuron(layer: edge.layer - 1, index: edge.source)
      let target = Circuit.Neuron(layer: edge.layer, index: edge.target)
      if edge.layer > 0 { left.insert(source) }
      if edge.layer < layers.count - 1 { entered.insert(target) }
      if edge.layer > 0 && edge.layer < layers.count - 1 { joints.append((source, target)) }
    }
    let neurons = entered.intersection(left).sorted {
      ($0.layer, $0.index) < ($1.layer, $1.index)
    }
    var parent = Dictionary(uniqueKeysWithValues: neurons.enumerated().map { ($1, $0) })
    // Labels spread along edges until nothing changes; a layer more each time at worst.
    var isChanged = true
    while isChanged {
      isChanged = false
      for (source, target) in joints {
        guard let a = parent[source], let b = parent[target], a != b else { continue }
        (parent[source], parent[target]) = (min(a, b), min(a, b))
        isChanged = true
      }
    }
    var parts: [Int: [Circuit.Neuron]] = [:]
    for neuron in neurons { parts[parent[neuron] ?? 0, default: []].append(neuron) }
    return parts.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map(\.value)
  }
}
