internal import Networks
public import PINN
internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A fully connected network as a graph: inputs, neurons and outputs are nodes, weights are edges.
///
/// An edge of strength g carries `w (g a + (1 − g) m)` from its source, whose activation is a, to the sum
/// of its target: all of it at 1, at 0 what stands in its place, m. A network with such edges is the same
/// network with other weights, `g w`, and other biases, `b + Σ (1 − g) w m`; so that derivatives and
/// errors of any part of a network are those of a network.
public struct LayeredGraph: Sendable {
  /// The network.
  public let solution: TrainedNetwork

  /// The layers of edges, in the order of evaluation.
  let layers: [Layer]

  /// What an edge that is cut carries.
  public enum Substitute: String, Sendable, Codable, CaseIterable {
    /// Nothing.
    case zero

    /// The mean of its source over the domain, which leaves the next layer's sums where they usually are.
    case mean
  }

  /// Where an edge leads.
  public struct Edge: Sendable, Equatable, Codable {
    /// The layer of edges, 0 for those from the inputs.
    public let layer: Int

    /// Index of the node where it begins, in its layer.
    public let source: Int

    /// Index of the node where it ends, in its layer.
    public let target: Int
  }

  /// The edges into one layer of nodes.
  struct Layer: Sendable {
    /// Places of the weights `[targets, sources]` and biases in the flat parameters.
    let weights, biases: Range<Int>

    /// What the parameters of each target are multiplied by to be its weights: 1, or exp s of a factorised
    /// layer `W = diag(exp s) V`.
    let factors: [Double]

    /// What a cut edge's source is taken to be.
    let substitutes: [Double]

    /// Index of the first edge among all.
    let firstEdge: Int

    var sources: Int { substitutes.count }
    var targets: Int { biases.count }
    var edges: Range<Int> { firstEdge..<firstEdge + weights.count }
  }

  /// Reads the graph off a network.
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - problem: The problem, over whose domain means are taken.
  ///   - substitute: What an edge that is cut carries.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: ``CircuitError`` for a network that is not fully connected.
  public init(
    _ solution: TrainedNetwork, solving problem: Problem, substitute: Substitute = .mean,
    threads: Int
  ) throws {
    let design = solution.network.design
    guard [.multilayerPerceptron, .fourier, .siren].contains(design.kind)
    else { throw CircuitError.notFullyConnected(design) }
    self.solution = solution
    let points = try SamplePoints(
      gridOf: problem, side: SamplePoints.side(ofAbout: 1024, in: problem), threads: threads
    ).coordinates
    let sites = SiteActivations(solution, sites: solution.network.sites, threads: threads)
    var means = [Self.inputMeans(of: solution, at: points, threads: threads)]
    for (site, values) in zip(sites.sites, sites.values(at: points)) {
      means.append(Self.means(values, units: site.units))
    }
    let tensors = solution.network.tensors
    var layers: [Layer] = []
    var first = 0
    for (weights, biases) in zip(
      tensors.filter { $0.name.hasSuffix(".weight") }, tensors.filter { $0.name.hasSuffix(".bias") }
    ) {
      let mean = means[layers.count]
      let scales = tensors.first { $0.name == "layer\(layers.count).scale" }
      layers.append(
        Layer(
          weights: weights.range, biases: biases.range,
          factors: scales.map { $0.range.map { exp(solution.parameters[$0]) } }
            ?? biases.range.map { _ in 1 },
          substitutes: substitute == .mean ? mean : mean.map { _ in 0 }, firstEdge: first))
      first += weights.range.count
    }
    self.layers = layers
  }

  /// Number of edges.
  public var edgeCount: Int { layers.last?.edges.upperBound ?? 0 }

  /// Where an edge leads.
  ///
  /// - Parameter index: The edge's index.
  /// - Returns: Its layer and its ends.
  public func edge(_ index: Int) -> Edge {
    let number = layers.firstIndex { $0.edges.contains(index) } ?? 0
    let (target, source) = (index - layers[number].firstEdge).quotientAndRemainder(
      dividingBy: layers[number].sources)
    return Edge(layer: number, source: source, target: target)
  }

  /// The names of an edge's ends: `x`, `layer0.neuron5`, `u`.
  ///
  /// - Parameter edge: The edge.
  /// - Returns: Where it begins and where it ends.
  public func names(of edge: Edge) -> (source: String, target: String) {
    let inputs = layers[0].sources == solution.variables.count ? solution.variables : nil
    return (
      edge.layer == 0
        ? inputs?[edge.source] ?? "input\(edge.source)"
        : "layer\(edge.layer - 1).neuron\(edge.source)",
      edge.layer == layers.count - 1
        ? solution.unknowns[edge.target] : "layer\(edge.layer).neuron\(edge.target)"
    )
  }

  /// The weight of an edge.
  ///
  /// - Parameter index: The edge's index.
  /// - Returns: w.
  public func weight(of index: Int) -> Double {
    let edge = edge(index)
    let layer = layers[edge.layer]
    return solution.parameters[layer.weights.lowerBound + index - layer.firstEdge]
      * layer.factors[edge.target]
  }

  /// The flat parameters of the network whose edges have strengths.
  ///
  /// - Parameter strengths: g of each edge.
  /// - Returns: As many numbers as the network has parameters.
  public func parameters(strengths: [Double]) -> [Double] {
    precondition(strengths.count == edgeCount, "each edge has a strength")
    var parameters = solution.parameters
    for layer in layers {
      for (edge, place) in zip(layer.edges, layer.weights) where strengths[edge] != 1 {
        let (target, source) = (edge - layer.firstEdge).quotientAndRemainder(
          dividingBy: layer.sources)
        let parameter = parameters[place]
        parameters[layer.biases.lowerBound + target] +=
          (1 - strengths[edge]) * parameter * layer.factors[target] * layer.substitutes[source]
        parameters[place] = strengths[edge] * parameter
      }
    }
    return parameters
  }

  /// The flat parameters of the network that has some of the edges.
  ///
  /// - Parameter edges: Whether each edge is there.
  /// - Returns: As many numbers as the network has parameters.
  public func parameters(keeping edges: [Bool]) -> [Double] {
    parameters(strengths: edges.map { $0 ? 1 : 0 })
  }

  /// Means of what the first layer reads: inputs mapped to [−1, 1], or features made of them.
  private static func inputMeans(
    of solution: TrainedNetwork, at points: [[Double]], threads: Int
  ) -> [Double] {
    // A layer of weights 1 shows its inputs as its sums.
    var design = solution.network.design
    let units = design.embeddedFeatures
    design.hidden = [units]
    design.activations = [.tanh]
    design.frequency = 1
    design.outputs = 1
    let network = Network(design)
    let identity = (0..<units * units).map { $0 / units == $0 % units ? 1.0 : 0 }
    let reader = TrainedNetwork(
      network: network,
      parameters: identity + Array(repeating: 0, count: network.parameterCount - identity.count),
      variables: solution.variables, unknowns: ["input"])
    let values = SiteActivations(reader, sites: network.preactivations, threads: threads)
      .values(at: points)[0]
    return means(values, units: units)
  }

  private static func means(_ values: [Double], units: Int) -> [Double] {
    (0..<units).map { unit in
      let column = stride(from: unit, to: values.count, by: units).map { values[$0] }
      return Statistics.mean(column) ?? 0
    }
  }
}

extension NetworkDesign {
  /// Number of numbers that the first layer reads.
  fileprivate var embeddedFeatures: Int {
    fourierFeatures.map { 2 * $0.count } ?? embeddedInputs
  }
}
