public import PINN
internal import Tensors

/// Looks for the part of a network that does what the whole network does, up to a tolerance.
///
/// As automatic circuit discovery (ACDC), edges are cut one after the other, each for good if the damage
/// stays within the tolerance; edges of the least attribution come first, in blocks that are halved where a
/// block is too much, so that most edges are never tried alone. Then the circuit's own derivatives say which
/// edges could still be spared, and those are tried, until none can. ACDC bounds the change of each cut;
/// here the whole damage is bounded.
///
/// Conmy et al. (2023), [arXiv:2304.14997](https://doi.org/10.48550/arXiv.2304.14997).
///
/// ```swift
/// let search = try CircuitSearch(LayeredGraph(solution, solving: problem, threads: 2), solving: problem)
/// let circuit = try search.circuit(for: .solution, tolerance: 0.05)
/// ```
public struct CircuitSearch: Sendable {
  /// The network as a graph.
  public let graph: LayeredGraph

  /// How edges are attributed.
  public var method = EdgeAttribution.Method.integrated(nodes: 8)

  /// About how many points to take in the domain.
  public var rows = 400

  /// Seed of the random circuits for comparison.
  public var seed: UInt64 = 0

  /// Number of threads; no result depends on it.
  public var threads = 1

  private let problem: Problem

  /// Random circuits for comparison.
  private static let draws = 5

  /// Edges that cannot be spared in a row, after which a pass ends; as many are tried to tell how minimal a
  /// circuit is.
  private static let triedLimit = 128

  /// Plans a search.
  ///
  /// - Parameters:
  ///   - graph: The network as a graph.
  ///   - problem: The problem that it was trained on, its parameters those that were found.
  public init(_ graph: LayeredGraph, solving problem: Problem) {
    self.graph = graph
    self.problem = problem
  }

  /// What each edge contributes to an objective.
  ///
  /// - Parameter objective: What is computed.
  /// - Returns: The scores.
  /// - Throws: ``CircuitError`` if there is nothing to compute.
  public func attribution(to objective: CircuitObjective) throws -> EdgeAttribution {
    EdgeAttribution(of: graph, to: try outputs(objective), method: method)
  }

  /// The damage that cutting edges does.
  ///
  /// - Parameters:
  ///   - edges: Indices of the edges to cut.
  ///   - objective: What is computed.
  /// - Returns: 0 for none, 1 for all.
  /// - Throws: ``CircuitError`` if there is nothing to compute.
  public func damage(
    cutting edges: some Sequence<Int>, to objective: CircuitObjective
  ) throws -> Double {
    var strengths = [Double](repeating: 1, count: graph.edgeCount)
    for edge in edges { strengths[edge] = 0 }
    return try damage(strengths: strengths, to: objective)
  }

  /// The damage of weakened edges.
  ///
  /// - Parameters:
  ///   - strengths: The strength of each edge; see ``LayeredGraph``.
  ///   - objective: What is computed.
  /// - Returns: 0 for strengths of 1, 1 for strengths of 0.
  /// - Throws: ``CircuitError`` if there is nothing to compute.
  public func damage(strengths: [Double], to objective: CircuitObjective) throws -> Double {
    try outputs(objective).damage(at: graph.parameters(strengths: strengths))
  }

  /// Prepares an objective.
  func outputs(_ objective: CircuitObjective) throws -> CircuitOutputs {
    try CircuitOutputs(objective, of: graph, solving: problem, rows: rows, threads: threads)
  }

  /// Cuts what can be spared.
  ///
  /// - Parameters:
  ///   - objective: What the circuit is to do.
  ///   - tolerance: The damage that is allowed, between 0 and 1.
  /// - Returns: The circuit with its controls.
  /// - Throws: ``CircuitError`` if there is nothing to compute.
  public func circuit(for objective: CircuitObjective, tolerance: Double) throws -> Circuit {
    precondition(tolerance > 0 && tolerance < 1, "a tolerance lies between 0 and 1")
    let outputs = try outputs(objective)
    func damage(_ present: [Bool]) -> Double {
      let value = outputs.damage(at: graph.parameters(keeping: present))
      return value.isFinite ? value : .infinity
    }
    let scores = EdgeAttribution(of: graph, to: outputs, method: method).scores
    let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
    var present = [Bool](repeating: true, count: graph.edgeCount)
    cut(order, from: &present) { damage($0) <= tolerance }
    graph.cutDeadEnds(&present)
    var predicted: [Double] = []
    var before: [Bool]
    // Each pass but the last cuts something, so that they end.
    repeat {
      before = present
      predicted = outputs.predictedDamages(of: graph, present: present)
      let order = present.indices.filter { present[$0] }
        .sorted { (predicted[$0], $0) < (predicted[$1], $1) }
      cut(order, from: &present) { damage($0) <= tolerance }
      graph.cutDeadEnds(&present)
    } while present != before
    let edges = present.indices.filter { present[$0] }
    let spared = edges.sorted { (predicted[$0], $0) < (predicted[$1], $1) }
      .prefix(Self.triedLimit)
      .map { edge in
        var less = present
        less[edge] = false
        return damage(less) / tolerance
      }
    let random = RandomStream(seed: seed)
    let draws = (0..<Self.draws).map { draw in
      damage(graph.randomEdges(like: present, random: random.child(draw)))
    }
    return Circuit(
      objective: objective, tolerance: tolerance, edges: edges, total: graph.edgeCount,
      damage: damage(present), complementDamage: damage(present.map { !$0 }),
      randomDamage: Statistics.mean(draws) ?? 0, minimality: spared.min(),
      components: graph.components(of: present))
  }

  /// Cuts edges in their order, in blocks that grow where they can be spared and are halved where not.
  private func cut(
    _ order: [Int], from present: inout [Bool], while isGood: ([Bool]) -> Bool
  ) {
    var next = 0
    var failures = 0
    var size = max(1, order.count / 4)
    while next < order.count && failures < Self.triedLimit {
      size = min(size, order.count - next)
      var less = present
      for edge in order[next..<next + size] { less[edge] = false }
      if isGood(less) {
        present = less
        failures = 0
        next += size
        size *= 2
      } else if size > 1 {
        size /= 2
      } else {
        failures += 1
        next += 1
      }
    }
  }
}

extension LayeredGraph {
  /// Cuts edges into neurons that nothing leaves, which carry nothing.
  func cutDeadEnds(_ present: inout [Bool]) {
    for (index, layer) in layers.enumerated().dropLast().reversed() {
      let next = layers[index + 1]
      for target in 0..<layer.targets {
        let leaves = (0..<next.targets).contains {
          present[next.firstEdge + $0 * next.sources + target]
        }
        guard !leaves else { continue }
        for source in 0..<layer.sources {
          present[layer.firstEdge + target * layer.sources + source] = false
        }
      }
    }
  }

  /// As many random edges in each layer as there are present.
  func randomEdges(like present: [Bool], random: RandomStream) -> [Bool] {
    var result = [Bool](repeating: false, count: edgeCount)
    for (index, layer) in layers.enumerated() {
      var random = random.child(index)
      let count = layer.edges.count { present[$0] }
      for place in random.permutation(layer.edges.count).prefix(count) {
        result[layer.firstEdge + place] = true
      }
    }
    return result
  }
}
