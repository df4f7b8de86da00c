import Interpretability
import Networks
import PINN
import RunStore
import Tensors
import Testing

@Suite("Comparisons of networks")
struct RepresentationComparisonTests {
  private static func compare(
    _ networks: [TrainedNetwork], seed: UInt64 = 1, threads: Int = 1
  ) throws -> RepresentationComparison {
    try RepresentationComparison(
      networks.enumerated().map { (name: "run\($0)", solution: $1) },
      solving: ConstructedNetwork.problem(unknowns: "u", condition: "u"), rows: 400, seed: seed,
      threads: threads)
  }

  private static func network(_ seed: UInt64) -> TrainedNetwork {
    ConstructedNetwork.network(outputs: 1, hasParts: false, seed: seed)
  }

  @Test("within one network every layer is itself, and the table is symmetric")
  func within() throws {
    let comparison = try Self.compare([Self.network(1)])
    #expect(comparison.pairs.map(\.leftLayer) == ["layer0", "layer0", "layer1", "layer1"])
    #expect(comparison.pairs.map(\.rightLayer) == ["layer0", "layer1", "layer0", "layer1"])
    for index in [0, 3] {
      let pair = comparison.pairs[index]
      for similarity in [pair.trained, pair.untrained] {
        // Sums of 400 terms.
        #expect(abs(try #require(similarity.alignment) - 1) < 1e-12)
        #expect(abs(try #require(similarity.correlation) - 1) < 1e-9)
      }
    }
    let (upper, lower) = (comparison.pairs[1], comparison.pairs[2])
    #expect(
      abs(try #require(upper.trained.alignment) - #require(lower.trained.alignment)) < 1e-12)
    #expect(try #require(upper.trained.alignment) < 0.999)
  }

  @Test("a network whose neurons change places and signs is the same, untrained ones are not")
  func permuted() throws {
    let original = Self.network(2)
    // Neuron i of the only two layers' first becomes neuron 7 − i with the other sign.
    var parameters = original.parameters
    for tensor in original.network.tensors {
      let (first, old) = (tensor.range.lowerBound, original.parameters)
      switch tensor.name {
      case "layer0.weight":
        for i in 0..<8 {
          for j in 0..<2 { parameters[first + (7 - i) * 2 + j] = -old[first + i * 2 + j] }
        }
      case "layer0.bias":
        for i in 0..<8 { parameters[first + 7 - i] = -old[first + i] }
      case "layer1.weight":
        for i in 0..<8 {
          for j in 0..<8 { parameters[first + i * 8 + 7 - j] = -old[first + i * 8 + j] }
        }
      default: break
      }
    }
    let other = TrainedNetwork(
      network: original.network, parameters: parameters, variables: ["x", "y"], unknowns: ["u"])
    let comparison = try Self.compare([original, other])
    for pair in comparison.pairs where pair.leftLayer == pair.rightLayer {
      #expect(abs(try #require(pair.trained.alignment) - 1) < 1e-12)
      #expect(try #require(pair.untrained.alignment) < 0.99)
    }
    #expect(comparison.pairs.allSatisfy { $0.leftNetwork == "run0" && $0.rightNetwork == "run1" })
  }

  @Test("untrained networks of few inputs are alike without having learned anything")
  func control() throws {
    let random = (3...4).map(Self.network)
    let comparison = try Self.compare(random)
    let pair = try #require(comparison.pairs.first)
    // Random functions of two inputs: far from the 0 that unrelated samples would have.
    #expect(try #require(pair.untrained.alignment) > 0.5)
    #expect(abs(try #require(pair.trained.alignment) - #require(pair.untrained.alignment)) < 0.4)
    #expect(try Self.compare(random, threads: 3) == comparison)
    #expect(try Self.compare(random, seed: 2) != comparison)
  }

  @Test("ranks count directions: a layer of one neuron repeated has one")
  func ranks() throws {
    let original = Self.network(5)
    var parameters = original.parameters
    for tensor in original.network.tensors where tensor.name.hasPrefix("layer0") {
      let width = tensor.range.count / 8
      for place in tensor.range {
        parameters[place] =
          parameters[tensor.range.lowerBound + (place - tensor.range.lowerBound) % width]
      }
    }
    let comparison = try Self.compare([
      TrainedNetwork(
        network: original.network, parameters: parameters, variables: ["x", "y"], unknowns: ["u"])
    ])
    let layer = comparison.layers[0]
    #expect(layer.units == 8)
    // Roundings fill the other seven directions to 1e-16 of the first.
    #expect(abs(try #require(layer.effectiveRank) - 1) < 1e-10)
    #expect(abs(try #require(layer.participationRatio) - 1) < 1e-10)
    #expect(try #require(layer.untrainedRank) > 1.5)
  }

  @Test("three runs make three pairs, other variables none")
  func several() throws {
    let three = try Self.compare((1...3).map(Self.network))
    #expect(three.pairs.count == 3 * 4 && three.layers.count == 3 * 2)
    #expect(three.csv.rows.count == 12)
    let error = #expect(throws: RepresentationError.self) {
      try Self.compare([Self.network(1), TwoNeuronSolution.solution])
    }
    #expect(
      error?.description
        == "run1: a network of x where the first run's has x, y; compare runs of the same variables"
    )
  }
}
