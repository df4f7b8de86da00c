import Networks
import PINN
import Tensors

/// Problems with untrained networks for them: derivatives and activations need no training.
enum SampleSolution {
  /// A nonlinear equation with a source, mixed derivatives and an exact solution.
  static let recipe = """
    problem:
      variables: {x: [0, 1], y: [-1, 1], t: [0, 2]}
      unknowns: [u]
      parameters: {a: 0.3}
      equations: ["u_t - a*(u_xx + u_yy) + u*u_tx - a*sin(pi*x)*y"]
      conditions:
        - {at: "t = 0", equation: "u - sin(pi*x)"}
      exact: {u: "sin(a*x*t)*exp(y)/x"}
    network: {kind: mlp, hidden: [5, 7]}
    """

  /// The problem of ``recipe``.
  static func problem() throws -> Problem { try Recipe(parsing: recipe).problem }

  /// An untrained network.
  ///
  /// - Parameters:
  ///   - design: What it is like; three inputs in the problem's box.
  ///   - transform: How the unknown is made out of its output.
  /// - Returns: The network.
  static func network(
    _ design: NetworkDesign? = nil, transform: OutputTransform? = nil
  ) -> TrainedNetwork {
    let network = Network(design ?? self.design())
    var random = RandomStream(seed: 4)
    return TrainedNetwork(
      network: network, parameters: network.initialParameters(random: &random),
      variables: ["x", "y", "t"], unknowns: ["u"], transform: transform)
  }

  /// A network of two layers.
  static func design(hidden: [Int] = [5, 7]) -> NetworkDesign {
    NetworkDesign(
      hidden: hidden, outputs: 1, activation: .tanh, lower: [0, -1, 0], upper: [1, 1, 2])
  }

  /// Points inside the box.
  static func points(_ count: Int, seed: UInt64 = 9) -> [[Double]] {
    var random = RandomStream(seed: seed)
    return [(0.0, 1.0), (-1, 1), (0, 2)].map { lower, upper in
      (0..<count).map { _ in lower + (upper - lower) * random.uniform() }
    }
  }
}
