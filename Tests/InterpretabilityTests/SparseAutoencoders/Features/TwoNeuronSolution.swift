import Networks
import PINN

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A network of two neurons, `u = 3 tanh(ξ + 0.2) − tanh(2ξ)` with ξ = 2x − 1, which solves its problem.
enum TwoNeuronSolution {
  static let solution = TrainedNetwork(
    network: Network(hidden: [2], outputs: 1, lower: [0], upper: [1]),
    parameters: [1, 2, 0.2, 0, 3, -1, 0], variables: ["x"], unknowns: ["u"])

  static var problem: Problem {
    get throws {
      try Recipe(
        parsing: """
          problem:
            variables: {x: [0, 1]}
            unknowns: [u]
            equations: ["u_x - 6/cosh(2*x - 0.8)^2 + 4/cosh(4*x - 2)^2"]
            conditions:
              - {at: "x = 0", equation: "u - 3*tanh(-0.8) + tanh(-2)"}
            exact: {u: "3*tanh(2*x - 0.8) - tanh(4*x - 2)"}
          """
      ).problem
    }
  }

  /// The only hidden layer.
  static let site = solution.network.sites[0]

  /// The neurons' activations.
  static func activations(_ x: Double) -> [Double] { [tanh(2 * x - 0.8), tanh(4 * x - 2)] }

  /// The solution.
  static func u(_ x: Double) -> Double { 3 * tanh(2 * x - 0.8) - tanh(4 * x - 2) }
}
