import Foundation
import Interpretability
import Networks
import PINN
import Tensors
import Testing

@Suite("Attention of attention-enhanced networks")
struct TokenAttentionTests {
  private static let points: [[Double]] = {
    let x = (0..<40).map { (i: Int) -> Double in Double(i) / 39 }
    let t = (0..<40).map { (i: Int) -> Double in Double(i * i % 17) / 16 }
    return [x, t]
  }()

  private static func solution(isFactorized: Bool = false) -> TrainedNetwork {
    var design = NetworkDesign(hidden: [6, 9, 4], outputs: 1, lower: [0, 0], upper: [1, 1])
    design.kind = .attention
    design.tokens = 3
    design.isFactorized = isFactorized
    let network = Network(design)
    var random = RandomStream(seed: 5)
    return TrainedNetwork(
      network: network,
      parameters: network.initialParameters(random: &random).map { $0 + 0.3 * random.normal() },
      variables: ["x", "t"], unknowns: ["u"])
  }

  private static func activations(_ solution: TrainedNetwork) -> [[Double]] {
    SiteActivations(solution, sites: solution.network.sites, threads: 1).values(at: points)
  }

  /// A dense layer by its tensors, for one point.
  private static func dense(
    _ name: String, _ x: ArraySlice<Double>, _ solution: TrainedNetwork
  ) -> [Double] {
    func tensor(_ end: String) -> [Double]? {
      solution.network.tensors.first { $0.name == "\(name).\(end)" }
        .map { Array(solution.parameters[$0.range]) }
    }
    let (weights, biases) = (tensor("weight") ?? [], tensor("bias") ?? [])
    let scales = tensor("scale")
    return biases.indices.map { i in
      let row = weights[(i * x.count)..<((i + 1) * x.count)]
      let products = zip(x, row).map { (a: Double, b: Double) -> Double in a * b }
      return biases[i] + (scales.map { exp($0[i]) } ?? 1) * products.reduce(0, +)
    }
  }

  @Test("layers are what the patterns make of values", arguments: [false, true])
  func patterns(isFactorized: Bool) throws {
    let solution = Self.solution(isFactorized: isFactorized)
    let layers = Self.activations(solution)
    let attention = solution.tokenAttention(at: Self.points, threads: 2)
    #expect(attention.map(\.layer) == ["layer1", "layer2"])
    for (index, layer) in attention.enumerated() {
      let (width, next) = (solution.network.hidden[index], solution.network.hidden[index + 1])
      let size = width / 3
      for point in 0..<40 {
        let units = layers[index][point * width..<(point + 1) * width]
        let values = Self.dense("\(layer.layer).value", units, solution)
        let pattern = layer.patterns.row(point)
        var attended = Array(units)
        for unit in 0..<width {
          let row = unit / size * 3
          for token in 0..<3 {
            attended[unit] += pattern[row + token] * values[token * size + unit % size]
          }
        }
        let expected = Self.dense(layer.layer, attended[...], solution).map(tanh)
        // A few dozen roundings of numbers of order one.
        for (i, value) in expected.enumerated() {
          #expect(abs(layers[index + 1][point * next + i] - value) < 1e-12)
        }
      }
    }
  }

  @Test("a summary has the means over the points")
  func summary() throws {
    let layer = try #require(Self.solution().tokenAttention(at: Self.points, threads: 1).last)
    let summary = layer.summary
    let column = layer.patterns.column(5)
    let mean = column.reduce(0, +) / 40
    // Sums of forty numbers below one.
    #expect(abs(summary.mean[1][2] - mean) < 1e-14)
    let squares = column.map { (value: Double) -> Double in (value - mean) * (value - mean) }
    let variance = squares.reduce(0, +) / 40
    #expect(abs(summary.deviation[1][2] - variance.squareRoot()) < 1e-14)
    #expect(summary.entropy > 0 && summary.entropy < summary.evenEntropy)
    for row in summary.mean { #expect(abs(row.reduce(0, +) - 1) < 1e-14) }
  }

  @Test("attention is taken out")
  func removal() throws {
    let solution = Self.solution()
    let even = solution.removingAttention(before: 1, .even)
    // One third, by the softmax of three equal numbers.
    for value in even.tokenAttention(at: Self.points, threads: 1)[0].patterns.elements {
      #expect(abs(value - 1 / 3.0) < 1e-15)
    }
    let silent = Self.activations(solution.removingAttention(before: 2, .silent))
    let layers = Self.activations(solution)
    #expect(silent[1] == layers[1] && silent[2] != layers[2])
    for point in 0..<40 {
      let expected = Self.dense("layer2", layers[1][point * 9..<(point + 1) * 9], solution)
      for (i, value) in expected.enumerated() {
        #expect(abs(silent[2][point * 4 + i] - tanh(value)) < 1e-13)
      }
    }
  }

  @Test("the effect is on the solution")
  func effects() throws {
    let problem = try Recipe(
      parsing: """
        problem:
          variables: {x: [0, 1], t: [0, 1]}
          unknowns: [u]
          equations: ["u_t - u_xx"]
          conditions: [{at: "t = 0", equation: "u - sin(pi*x)"}]
        """
    ).problem
    let solution = Self.solution()
    let study = try InterventionStudy(solution, solving: problem, rows: 64, threads: 1)
    let effects = study.attentionEffects()
    #expect(
      effects.map(\.name) == [
        "layer1.attention = silent", "layer1.attention = even", "layer2.attention = silent",
        "layer2.attention = even",
      ])
    for effect in effects { #expect(try #require(effect.largestChange) > 0) }
    // What was taken out cannot be taken out again.
    let changed = try InterventionStudy(
      solution.removingAttention(before: 1, .silent), solving: problem, rows: 64, threads: 1)
    #expect(changed.attentionEffects()[0].largestChange == 0)
    #expect(changed.attentionEffects()[0].residualRMS == changed.baseline.residualRMS)
    #expect(effects[0].residualRMS == changed.baseline.residualRMS)
  }

  @Test("a network without attention has none")
  func none() {
    let network = Network(hidden: [4], outputs: 1, lower: [0], upper: [1])
    let solution = TrainedNetwork(
      network: network, parameters: [Double](repeating: 0, count: network.parameterCount),
      variables: ["x"], unknowns: ["u"])
    #expect(solution.tokenAttention(at: [[0.5]]).isEmpty)
  }
}
