import Foundation
import Networks
import Tensors
import Testing

@Suite("Architectures")
struct ArchitectureTests {
  /// The outputs at points, without derivatives: `[outputs][points]`.
  private static func outputs(
    _ network: Network, _ parameters: [Double], at points: [[Double]]
  ) -> [[Double]] {
    let plan = JetPlan(dimension: network.inputs, containing: [])
    let jets = JetPropagation<Double>(
      network: network, plan: plan, points: points[0].count, reversible: false)
    jets.load(jets.scaledInputs(points))
    jets.forward(parameters: parameters)
    return (0..<network.outputs).map { o in
      points[0].indices.map { jets.outputs[o * jets.points + $0] }
    }
  }

  private static func encoded(_ network: Network) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(network), as: UTF8.self)
  }

  @Test("designs are written and read back", arguments: SampleNetwork.all)
  func roundTrip(sample: SampleNetwork) throws {
    let text = try Self.encoded(sample.network)
    let read = try JSONDecoder().decode(Network.self, from: Data(text.utf8))
    #expect(read == sample.network)
    #expect(read.tensors == sample.network.tensors)
    #expect(
      Self.outputs(read, sample.parameters, at: sample.points)
        == Self.outputs(sample.network, sample.parameters, at: sample.points))
  }

  @Test func `networks of earlier files are read`() throws {
    let text = """
      {"activation":"softplus","hidden":[4,6],"inputs":2,"lower":[0,0],"outputs":1,"upper":[1,2]}
      """
    let network = try JSONDecoder().decode(Network.self, from: Data(text.utf8))
    #expect(
      network
        == Network(
          hidden: [4, 6], outputs: 1, activation: .softplus, lower: [0, 0], upper: [1, 2]))
    #expect(
      network.tensors.map(\.name) == [
        "layer0.weight", "layer0.bias", "layer1.weight", "layer1.bias", "layer2.weight",
        "layer2.bias",
      ])
    #expect(network.tensors.map(\.shape) == [[4, 2], [4], [6, 4], [6], [1, 6], [1]])
    #expect(network.parameterCount == 4 * 3 + 6 * 5 + 7)
  }

  @Test(
    "designs that make no sense are refused",
    arguments: [
      ("\"outputs\":1", "\"outputs\":0"), ("\"upper\":[1,2]", "\"upper\":[1,0]"),
      ("[4,6]", "[]"), ("[4,6]", "[4,99999999]"), ("\"inputs\":2", "\"inputs\":3"),
      ("\"inputs\":2", "\"inputs\":2,\"kind\":\"modified-mlp\""),
      ("\"inputs\":2", "\"inputs\":2,\"kind\":\"fourier\""),
      ("\"inputs\":2", "\"inputs\":2,\"kind\":\"attention\",\"tokens\":9999"),
      ("\"inputs\":2", "\"inputs\":2,\"periodic\":[1]"),
      ("\"inputs\":2", "\"inputs\":2,\"site\":\"layer7\""),
      ("\"tanh\"", "[\"tanh\"]"),
    ])
  func refusals(old: String, new: String) throws {
    let text = """
      {"activation":"tanh","hidden":[4,6],"inputs":2,"lower":[0,0],"outputs":1,"upper":[1,2]}
      """
    #expect(text.contains(old))
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Network.self, from: Data(text.replacing(old, with: new).utf8))
    }
  }

  @Test("a site's part of the network ends with the hidden layer", arguments: SampleNetwork.all)
  func sites(sample: SampleNetwork) throws {
    let (network, parameters) = (sample.network, sample.parameters)
    let last = try #require(network.sites.last)
    #expect(last.name == "layer1" && last.units == network.hidden[1])
    // The last layer's units, weighted by the output layer, are the outputs. Where that layer is
    // factorised, its weights are products.
    let part = network.part(to: last, outputs: 2)
    var weights = network.tensors.suffix(network.design.isFactorized ? 3 : 2).map {
      Array(parameters[$0.range])
    }
    if network.design.isFactorized {
      for i in weights[0].indices { weights[0][i] *= exp(weights[1][i / last.units]) }
      weights.remove(at: 1)
    }
    let own = parameters[..<last.parameterCount] + weights.joined()
    #expect(own.count == part.parameterCount)
    let expected = Self.outputs(network, parameters, at: sample.points)
    for (a, b) in zip(
      Self.outputs(part, Array(own), at: sample.points).joined(), expected.joined())
    {
      // Weights are rounded once more.
      #expect(abs(a - b) < 1e-14)
    }
    let read = try JSONDecoder().decode(Network.self, from: Data(Self.encoded(part).utf8))
    #expect(read == part)
  }

  @Test func `a periodic network has equal values and slopes at both ends`() throws {
    let network = Network(SampleNetwork.design(.multilayerPerceptron) { $0.harmonics = [2, 0] })
    var random = RandomStream(seed: 4)
    let parameters = network.initialParameters(random: &random)
    let plan = JetPlan(dimension: 2, containing: [Monomial([3, 1])])
    let jets = JetPropagation<Double>(network: network, plan: plan, points: 16)
    let y = (0..<8).map { _ in random.uniform(-1, 3) }
    jets.load(jets.scaledInputs([y.map { _ in 0 } + y.map { _ in 2 }, y + y]))
    jets.forward(parameters: parameters)
    for row in 0..<2 * plan.channelCount {
      let values = jets.outputs + row * jets.points
      // Sines of multiples of π that are not exactly that: 1e-16 times slopes up to (2π)⁴.
      for p in 0..<8 { #expect(abs(values[p] - values[p + 8]) < 1e-12) }
    }
    // One harmonic more makes a network that is not a function of fewer.
    #expect(network.tensors[0].shape == [6, 5])
  }

  @Test func `a residual adaptive network begins as a linear function of its features`() {
    let network = Network(SampleNetwork.design(.pirateNet))
    var random = RandomStream(seed: 8)
    var parameters = network.initialParameters(random: &random)
    let points = [[0.1, 1.4, 0.7], [2.0, -0.5, 0.3]]
    let before = Self.outputs(network, parameters, at: points)
    for tensor in network.tensors where tensor.name.contains("dense") {
      for i in tensor.range { parameters[i] += 1 }
    }
    #expect(Self.outputs(network, parameters, at: points) == before)
    for tensor in network.tensors where tensor.name.hasSuffix("alpha") {
      #expect(parameters[tensor.range.lowerBound] == 0)
      parameters[tensor.range.lowerBound] = 0.5
    }
    #expect(Self.outputs(network, parameters, at: points) != before)
  }

  @Test func `factorised layers begin with the distribution of plain ones`() {
    var design = NetworkDesign(hidden: [200, 200], outputs: 1, lower: [0], upper: [1])
    design.isFactorized = true
    let network = Network(design)
    var random = RandomStream(seed: 9)
    let parameters = network.initialParameters(random: &random)
    let (weights, scales) = (network.tensors[3].range, network.tensors[4].range)
    let effective = weights.map { i in
      parameters[i] * exp(parameters[scales.lowerBound + (i - weights.lowerBound) / 200])
    }
    // Glorot's deviation √(2/400); forty thousand draws know it to 0.4 %, and ours is four times that.
    let deviation = Statistics.rootMeanSquare(effective) ?? 0
    #expect(abs(deviation / (2.0 / 400).squareRoot() - 1) < 0.015)
    // Mean 1, known from two hundred draws of deviation 0.1 to 0.007.
    #expect(abs(Statistics.sum(scales.map { parameters[$0] }) / 200 - 1) < 0.03)
  }

  @Test func `activations of sine networks keep their size through many layers`() {
    var design = NetworkDesign(
      hidden: Array(repeating: 128, count: 6), outputs: 1, lower: [-1, -1], upper: [1, 1])
    design.kind = .siren
    let network = Network(design)
    var random = RandomStream(seed: 10)
    let parameters = network.initialParameters(random: &random)
    let points = (0..<2).map { _ in (0..<200).map { _ in random.uniform(-1, 1) } }
    let site = network.sites[5]
    let part = network.part(to: site, outputs: 128)
    let identity = (0..<128 * 128).map { $0 / 128 == $0 % 128 ? 1.0 : 0 }
    let own = parameters[..<site.parameterCount] + identity + Array(repeating: 0, count: 128)
    let values = Self.outputs(part, Array(own), at: points)
    // The arcsine distribution has a root mean square of √(1/2): Sitzmann et al., theorem 1.8.
    let size = Statistics.rootMeanSquare(Array(values.joined())) ?? 0
    #expect(abs(size - 0.5.squareRoot()) < 0.05)
  }

  @Test func `frequencies are shared evenly by their deviations`() {
    var random = RandomStream(seed: 11)
    let features = FourierFeatures(
      count: 1000, inputs: 2, deviations: [1, 10], random: &random)
    for (range, deviation) in [(0..<1000, 1.0), (1000..<2000, 10.0)] {
      let found = Statistics.rootMeanSquare(Array(features.frequencies[range])) ?? 0
      // A thousand draws know their deviation to 2 %.
      #expect(abs(found / deviation - 1) < 0.08)
    }
  }

  @Test(
    "widths that do not fit a kind are named",
    arguments: [
      (NetworkKind.modifiedMultilayerPerceptron, [4, 6], 0, NetworkOption.hidden),
      (.modifiedFourier, [4, 6], 2, .hidden), (.pirateNet, [5, 5], 2, .hidden),
      (.pirateNet, [6, 6], 2, .features), (.attention, [6, 6], 0, .hidden),
      (.attention, [8], 0, .hidden),
    ])
  func widths(kind: NetworkKind, hidden: [Int], features: Int, option: NetworkOption) {
    let error = #expect(throws: NetworkDesignError.self) {
      try kind.check(hidden: hidden, features: features, tokens: 4)
    }
    #expect(error?.option == option)
  }
}
