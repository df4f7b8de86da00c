import Interpretability
import Networks
import PINN
import Tensors

/// Networks whose circuits are known, because they were put there.
enum ConstructedNetwork {
  /// An equation of u alone and conditions of v alone, in two variables.
  static func problem(unknowns: String = "u, v", condition: String = "v") throws -> Problem {
    try Recipe(
      parsing: """
        problem:
          variables: {x: [0, 1], y: [0, 1]}
          unknowns: [\(unknowns)]
          equations: ["u_xx + u_yy + sin(3*x)*cos(2*y)"]
          conditions:
            - {at: "x = 0", equation: "\(condition) - y"}
            - {at: "y = 1", equation: "\(condition) + x"}
        """
    ).problem
  }

  /// Random weights of a network with two hidden layers of eight neurons; with parts, neurons 0 to 3 make
  /// the first output and neurons 4 to 7 the second, and nothing joins them.
  static func network(outputs: Int, hasParts: Bool, seed: UInt64) -> TrainedNetwork {
    let network = Network(hidden: [8, 8], outputs: outputs, lower: [0, 0], upper: [1, 1])
    var random = RandomStream(seed: seed)
    var parameters = network.parameterCount == 0 ? [] : network.initialParameters(random: &random)
    for tensor in network.tensors where tensor.name.hasSuffix(".bias") {
      for place in tensor.range { parameters[place] = random.uniform(-0.5, 0.5) }
    }
    if hasParts {
      for (layer, name) in ["layer1.weight", "layer2.weight"].enumerated() {
        guard let tensor = network.tensors.first(where: { $0.name == name }) else { continue }
        for place in tensor.range {
          let (target, source) = (place - tensor.range.lowerBound).quotientAndRemainder(
            dividingBy: 8)
          let part = layer == 0 ? target / 4 : target
          if part != source / 4 { parameters[place] = 0 }
        }
      }
    }
    return TrainedNetwork(
      network: network, parameters: parameters, variables: ["x", "y"],
      unknowns: Array(["u", "v"].prefix(outputs)))
  }

  /// A search in such a network.
  static func search(outputs: Int, hasParts: Bool, seed: UInt64) throws -> CircuitSearch {
    let problem =
      outputs == 2 ? try problem() : try problem(unknowns: "u", condition: "u")
    let solution = network(outputs: outputs, hasParts: hasParts, seed: seed)
    var search = CircuitSearch(
      try LayeredGraph(solution, solving: problem, threads: 1), solving: problem)
    search.rows = 100
    return search
  }
}
