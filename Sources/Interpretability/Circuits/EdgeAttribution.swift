internal import PINN
internal import Tensors

/// What each edge of a network contributes to an objective: edge attribution patching.
///
/// The contribution of edge e to the outputs y is `∫₀¹ ∂y/∂gₑ dt` along the straight line from a network
/// whose edges are all cut, g = 0, to the whole one: integrated gradients, whose sum over the edges is
/// `y* − y°` for each output. Without the integral it is `∂y/∂gₑ` of the whole network, what cutting e
/// alone would take away if y were linear. Since the outputs are many, an edge's score is the length of its
/// contribution in units of `‖y* − y°‖`. No edge is patched for it: every derivative comes from a few
/// reverse passes.
///
/// Syed, Rager & Conmy (2023), [arXiv:2310.10348](https://doi.org/10.48550/arXiv.2310.10348); with
/// integrated gradients Hanna, Pezzelle & Belinkov (2024),
/// [arXiv:2403.17806](https://doi.org/10.48550/arXiv.2403.17806), there along lines between inputs.
public struct EdgeAttribution: Sendable, Equatable, Codable {
  /// What the contributions are to.
  public let objective: CircuitObjective

  /// One score for each edge.
  public let scores: [Double]

  /// The scores on every second run of outputs and on the others: how far scores depend on the points.
  ///
  /// A run is a strip of the domain: every second point would be a copy of its neighbour.
  let halves: [[Double]]

  /// Number of runs of outputs that are dealt out to the halves.
  private static let runs = 16

  /// `‖Σ contributions − (y* − y°)‖ / ‖y* − y°‖`: what the integral's quadrature misses; nil without one.
  public let incompleteness: Double?

  /// The ways to differentiate.
  public enum Method: Sendable, Equatable {
    /// At the whole network.
    case local

    /// Along the line, by Gauss and Legendre's rule of so many nodes.
    case integrated(nodes: Int)
  }

  /// Differentiates.
  ///
  /// - Complexity: O(nodes · edges · outputs) of time, O(edges · outputs) of memory.
  init(of graph: LayeredGraph, to outputs: CircuitOutputs, method: Method) {
    objective = outputs.objective
    let rows = outputs.whole.count
    var contributions = Matrix<Double>(rows: graph.edgeCount, columns: rows)
    let nodes: [(place: Double, weight: Double)] =
      switch method {
      case .local: [(1, 1)]
      case .integrated(let count): GaussLegendre.nodes(count)
      }
    for node in nodes {
      outputs.addEdgeDerivatives(
        of: graph, strengths: Array(repeating: node.place, count: graph.edgeCount),
        times: node.weight, to: &contributions)
    }
    var totals = [Double](repeating: 0, count: rows)
    var halves = [[Double]](repeating: [], count: 2)
    var scores: [Double] = []
    contributions.withUnsafePointer { sums in
      for edge in 0..<graph.edgeCount {
        let own = sums + edge * rows
        var squares = [0.0, 0.0]
        for row in 0..<rows {
          totals[row] += own[row]
          squares[row * Self.runs / rows % 2] += own[row] * own[row]
        }
        scores.append((squares[0] + squares[1]).squareRoot() / outputs.scale)
        for half in 0..<2 { halves[half].append(squares[half].squareRoot() / outputs.scale) }
      }
    }
    self.scores = scores
    self.halves = halves
    let missed = totals.indices.map { totals[$0] - (outputs.whole[$0] - outputs.none[$0]) }
    incompleteness =
      method == .local
      ? nil : Statistics.sum(missed.lazy.map { $0 * $0 }).squareRoot() / outputs.scale
  }
}

extension CircuitOutputs {
  /// Adds a multiple of the derivatives of the outputs by the edges' strengths.
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - strengths: The strengths at which to differentiate.
  ///   - factor: The multiple.
  ///   - sums: Shape `[edges, outputs]`.
  func addEdgeDerivatives(
    of graph: LayeredGraph, strengths: [Double], times factor: Double, to sums: inout Matrix<Double>
  ) {
    let rows = whole.count
    let jacobian = system.transposedJacobian(at: graph.parameters(strengths: strengths)).jacobian
    sums.withUnsafeMutablePointer { sums in
      jacobian.withUnsafePointer { j in
        for layer in graph.layers {
          for (edge, place) in zip(layer.edges, layer.weights) {
            let (target, source) = (edge - layer.firstEdge).quotientAndRemainder(
              dividingBy: layer.sources)
            // ∂/∂g of g w a + (1 − g) w m: the weight's derivative is a's, the bias's 1's.
            let weight = factor * graph.solution.parameters[place]
            let own = j + place * rows
            let bias = j + (layer.biases.lowerBound + target) * rows
            let substitute = layer.factors[target] * layer.substitutes[source]
            let sum = sums + edge * rows
            for row in 0..<rows { sum[row] += weight * (own[row] - substitute * bias[row]) }
          }
        }
      }
    }
  }

  /// The damage that cutting each edge of a circuit is predicted to do, to first order.
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - present: The circuit.
  /// - Returns: One number for each edge, of meaning for those that are present.
  func predictedDamages(of graph: LayeredGraph, present: [Bool]) -> [Double] {
    let strengths = present.map { $0 ? 1.0 : 0 }
    let rows = whole.count
    var derivatives = Matrix<Double>(rows: graph.edgeCount, columns: rows)
    addEdgeDerivatives(of: graph, strengths: strengths, times: 1, to: &derivatives)
    let values = system.residuals(at: graph.parameters(strengths: strengths))
    let error = values.indices.map { values[$0] - whole[$0] }
    return derivatives.withUnsafePointer { d in
      (0..<graph.edgeCount).map { edge in
        var square = 0.0
        for row in 0..<rows {
          let left = error[row] - d[edge * rows + row]
          square += left * left
        }
        return square.squareRoot() / scale
      }
    }
  }
}
