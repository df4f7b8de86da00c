public import Networks
public import PINN
public import Tensors

/// What each unit of a layer contributes to an output at each point: integrated gradients.
///
/// With activations a and a baseline m the contribution of unit j is
///
///     (aⱼ − mⱼ) ∫₀¹ ∂u/∂aⱼ (m + t (a − m)) dt,
///
/// and the contributions of a layer that everything passes through sum to `u(a) − u(m)`: *completeness*.
/// Sundararajan, Taly & Yan (2017), [arXiv:1703.01365](https://doi.org/10.48550/arXiv.1703.01365).
public struct IntegratedGradients: Sendable, Equatable {
  /// The contributions, shape `[samples, units]`.
  public let contributions: Matrix<Double>

  /// `u(a) − u(m)` at each point.
  public let differences: [Double]

  /// The largest `|Σⱼ contribution − difference|`: what the quadrature misses.
  public let incompleteness: Double

  /// The root mean square of each unit's contributions.
  public var sizes: [Double] {
    (0..<contributions.columns).map {
      Statistics.rootMeanSquare(contributions.column($0)) ?? 0
    }
  }

  /// Integrates gradients.
  ///
  /// - Parameters:
  ///   - solution: The network; the contributions are to its output, before any transform.
  ///   - output: The output's index.
  ///   - site: The layer.
  ///   - baseline: m, one number for each unit.
  ///   - points: One array of coordinates for each variable; at least one point.
  ///   - nodes: Nodes of Gauss and Legendre's rule.
  public init(
    of solution: TrainedNetwork, output: Int = 0, at site: ActivationSite, from baseline: [Double],
    points: [[Double]], nodes: Int = 16
  ) {
    precondition(baseline.count == site.units, "each unit has a baseline")
    let network = solution.network
    let (count, units) = (points[0].count, site.units)
    let plan = JetPlan(dimension: network.inputs, containing: [])
    let jets = JetPropagation<Double>(network: network, plan: plan, points: min(count, 256))
    let size = jets.points
    let gradient = AlignedBuffer(count: network.parameterCount, repeating: 0.0)
    var contributions = Matrix<Double>(rows: count, columns: units)
    var differences = [Double](repeating: 0, count: count)
    for start in stride(from: 0, to: count, by: size) {
      let rows = start..<min(start + size, count)
      jets.load(jets.scaledInputs(points.map { Array($0[rows]) }))
      jets.forward(parameters: solution.parameters)
      let whole = Array(UnsafeBufferPointer(start: jets.values(at: site), count: units * size))
      for row in rows { differences[row] = jets.outputs[output * size + row - start] }
      let present = jets.mutableValues(at: site)
      func move(to place: Double) {
        for unit in 0..<units {
          for p in unit * size..<(unit + 1) * size {
            present[p] = baseline[unit] + place * (whole[p] - baseline[unit])
          }
        }
        jets.forward(parameters: solution.parameters, after: site)
      }
      move(to: 0)
      for row in rows { differences[row] -= jets.outputs[output * size + row - start] }
      for node in GaussLegendre.nodes(nodes) {
        move(to: node.place)
        jets.outputAdjoint.update(repeating: 0, count: network.outputs * size)
        (jets.outputAdjoint + output * size).update(repeating: 1, count: size)
        let slopes = jets.reverse(
          parameters: solution.parameters, gradient: gradient.pointer, to: site)
        contributions.withUnsafeMutablePointer { sums in
          for unit in 0..<units {
            for row in rows {
              let p = unit * size + row - start
              sums[row * units + unit] += node.weight * slopes[p] * (whole[p] - baseline[unit])
            }
          }
        }
      }
    }
    self.contributions = contributions
    self.differences = differences
    incompleteness = (0..<count).reduce(0.0) { worst, row in
      max(worst, abs(Statistics.sum(contributions.row(row)) - differences[row]))
    }
  }
}
