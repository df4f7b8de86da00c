import Interpretability
import Networks
import PINN
import Tensors
import Testing

@Suite("Dictionaries as changes of a network")
struct FeatureMapTests {
  private let network = Network(hidden: [4, 5], outputs: 1, lower: [0, 0], upper: [1, 2])
  private let solution: TrainedNetwork
  private let points: [[Double]]
  private let site: ActivationSite
  private let activations: Matrix<Float>

  // Float against Double: some roundings of numbers of order one.
  private let tolerance = 2e-5

  init() {
    var random = RandomStream(seed: 5)
    let parameters = network.initialParameters(random: &random).map { 2 * $0 }
    solution = TrainedNetwork(
      network: network, parameters: parameters, variables: ["x", "t"], unknowns: ["u"])
    points = (0..<2).map { _ in (0..<40).map { _ in random.uniform() } }
    site = network.sites[1]
    activations = Self.values(solution, site, points)
  }

  private static func values(
    _ solution: TrainedNetwork, _ site: ActivationSite, _ points: [[Double]]
  ) -> Matrix<Float> {
    let values = SiteActivations(solution, sites: [site], threads: 1).values(at: points)[0]
    return Matrix(
      rows: points[0].count, columns: site.units, elements: values.map { Float($0) })
  }

  private static func autoencoder(
    _ activation: SparseAutoencoder.Activation
  ) -> SparseAutoencoder {
    var random = RandomStream(seed: 6)
    func numbers(_ count: Int) -> [Float] { (0..<count).map { _ in Float(random.normal()) } }
    return SparseAutoencoder(
      encoder: Matrix(rows: 7, columns: 5, elements: numbers(35)), encoderBias: numbers(7),
      directions: Matrix(rows: 7, columns: 5, elements: numbers(35)), outputBias: numbers(5),
      activation: activation)
  }

  private func expectEqual(_ left: Matrix<Float>, _ right: Matrix<Float>) {
    for (a, b) in zip(left.elements, right.elements) { #expect(abs(Double(a - b)) < tolerance) }
  }

  private static let kinds: [SparseAutoencoder.Activation] = [
    .relu, .topK(2), .absTopK(3), .jumpReLU(thresholds: [0, 0.1, 0.5, 1, 0.2, -1, 0.3]),
    .gated(
      offsets: [0.1, -0.2, 0, 0.3, -0.5, 1, 0], logGains: [0, 0.1, -0.3, 0.2, 0.5, -1, 0.4]),
  ]

  @Test("the reconstruction in a layer's place is the autoencoder's", arguments: kinds)
  func replacement(activation: SparseAutoencoder.Activation) {
    let autoencoder = Self.autoencoder(activation)
    let changed = solution.intervened([.replace(at: site, by: autoencoder.featureMap)])
    expectEqual(
      Self.values(changed, site, points), autoencoder.reconstruct(activations))
  }

  @Test("an ablated feature takes its activation times its direction away", arguments: kinds)
  func ablation(activation: SparseAutoencoder.Activation) {
    let autoencoder = Self.autoencoder(activation)
    let features = autoencoder.encode(activations)
    for feature in 0..<7 {
      let changed = solution.intervened([
        .takeOut(autoencoder.featureMap(of: feature), at: site)
      ])
      let expected = (0..<activations.rows).flatMap { row in
        (0..<5).map { unit in
          activations[row, unit]
            - features[row, feature] * autoencoder.directions[feature, unit]
        }
      }
      expectEqual(
        Self.values(changed, site, points),
        Matrix(rows: activations.rows, columns: 5, elements: expected))
    }
  }

  @Test("a transcoder makes a layer of the one before it", arguments: kinds)
  func transcoder(activation: SparseAutoencoder.Activation) {
    var random = RandomStream(seed: 7)
    func numbers(_ count: Int) -> [Float] { (0..<count).map { _ in Float(random.normal()) } }
    let transcoder = SparseAutoencoder(
      encoder: Matrix(rows: 7, columns: 4, elements: numbers(28)), encoderBias: numbers(7),
      directions: Matrix(rows: 7, columns: 5, elements: numbers(35)), outputBias: numbers(5),
      activation: activation, centresInput: false)
    let source = network.sites[0]
    let inputs = Self.values(solution, source, points)
    let replaced = solution.intervened([
      .replace(at: site, by: transcoder.featureMap, of: source)
    ])
    expectEqual(Self.values(replaced, site, points), transcoder.reconstruct(inputs))
    // The layer that is read stays as it was.
    expectEqual(Self.values(replaced, source, points), inputs)

    let features = transcoder.encode(inputs)
    let ablated = solution.intervened([
      .takeOut(transcoder.featureMap(of: 3), of: source, at: site)
    ])
    let expected = (0..<activations.rows).flatMap { row in
      (0..<5).map { activations[row, $0] - features[row, 3] * transcoder.directions[3, $0] }
    }
    expectEqual(
      Self.values(ablated, site, points),
      Matrix(rows: activations.rows, columns: 5, elements: expected))
  }

  @Test("a baseline's contributions add up to its reconstruction")
  func contributions() throws {
    let dictionary = try LinearDictionary.principalComponents(of: activations, count: 5)
    let all = (0..<5).map { Intervention.takeOut(dictionary.featureMap(of: $0), at: site) }
    let changed = Self.values(solution.intervened(all), site, points)
    // What all components leave is the mean.
    for row in 0..<changed.rows {
      for unit in 0..<5 {
        #expect(abs(Double(changed[row, unit] - dictionary.outputBias[unit])) < tolerance)
      }
    }
  }

  @Test("a baseline that keeps all features reconstructs all, one that keeps one the largest")
  func keeping() throws {
    let dictionary = try LinearDictionary.principalComponents(of: activations, count: 5)
    expectEqual(
      dictionary.keeping(5, about: dictionary.outputBias).reconstruct(activations), activations)
    let neuron = LinearDictionary.neurons(width: 5).keeping(1, about: [0, 0, 0, 0, 0])
    let kept = neuron.reconstruct(activations)
    for row in 0..<activations.rows {
      let values = activations.row(row)
      let largest = values.indices.max { abs(values[$0]) < abs(values[$1]) }
      for unit in 0..<5 { #expect(kept[row, unit] == (unit == largest ? values[unit] : 0)) }
    }
  }
}
