import Networks
import Tensors
import Testing

/// A small network of every kind and option, as an argument of tests.
struct SampleNetwork: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let network: Network

  static let all: [SampleNetwork] =
    NetworkKind.allCases.flatMap { kind in
      [
        SampleNetwork(kind.rawValue, design(kind)),
        SampleNetwork("factorised \(kind.rawValue)", design(kind) { $0.isFactorized = true }),
      ]
    } + [
      SampleNetwork(
        "mixed activations",
        design(.multilayerPerceptron) { $0.activations = [.sigmoid, .gelu] }),
      SampleNetwork(
        "periodic", design(.modifiedFourier) { $0.harmonics = [0, 2] }),
    ]

  /// A design with every option of its kind, whose widths fit all kinds.
  static func design(
    _ kind: NetworkKind, changed: (inout NetworkDesign) -> Void = { _ in }
  ) -> NetworkDesign {
    var design = NetworkDesign(
      hidden: [6, 6], outputs: 2, activation: kind == .siren ? .sin : .tanh, lower: [0, -1],
      upper: [2, 3])
    design.kind = kind
    design.frequency = 2
    design.tokens = 3
    changed(&design)
    if kind.options.contains(.features) {
      var random = RandomStream(seed: 3)
      design.fourierFeatures = FourierFeatures(
        count: 3, inputs: design.embeddedInputs, deviations: [0.5, 1.5], random: &random)
    }
    return design
  }

  /// All of them, and one whose activations are changed at several sites.
  static let allAndChanged: [SampleNetwork] =
    all + [
      SampleNetwork("intervened", design(.pirateNet)) { network in
        let sites = network.sites
        return [
          .scale([1: 0.4, 2: -2], at: sites[1]),
          .set(direction: [1, 2, 0, 0, 1, -1], at: sites[3]),
          .clamp([0: -0.1...0.2, 3: 0...1], at: sites[3]), .add([1, 0, 0, 2, 0, 0], at: sites[4]),
        ]
      },
      SampleNetwork("decomposed", design(.multilayerPerceptron)) { network in
        [
          .replace(at: network.sites[0], by: featureMap(.largest(2, byMagnitude: false))),
          .takeOut(
            featureMap(.above([0, 0.1, 0.2, 0])), at: network.sites[1]),
        ]
      },
      SampleNetwork("transcoded", design(.multilayerPerceptron)) { network in
        let map = featureMap(.above([0, 0.1, 0.2, 0]))
        return [.replace(at: network.sites[1], by: map, of: network.sites[0])]
      },
    ]

  /// Four features of six units.
  static func featureMap(_ selection: UnitSelection) -> FeatureMap {
    var random = RandomStream(seed: 9)
    func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in random.normal() } }
    return FeatureMap(
      encoder: numbers(24), offsets: numbers(4), selection: selection, decoder: numbers(24),
      bias: numbers(6))
  }

  private init(
    _ name: String, _ design: NetworkDesign, changes: (Network) -> [Intervention] = { _ in [] }
  ) {
    testDescription = name
    let plain = Network(design)
    network = plain.intervened(changes(plain))
  }

  /// Parameters that are not special: none of them zero.
  var parameters: [Double] {
    var random = RandomStream(seed: 1)
    return network.initialParameters(random: &random).map { $0 + 0.1 * random.normal() }
  }

  /// Points of the box.
  var points: [[Double]] {
    var random = RandomStream(seed: 2)
    return (0..<2).map { i in
      (0..<19).map { _ in random.uniform(network.lower[i], network.upper[i]) }
    }
  }
}
