import Foundation
import Interpretability
import Networks
import PINN
import RunStore
import Testing

/// `u = 3a − b` with `a = tanh(2x − 0.8)` and `b = tanh(4x − 2)`.
@Suite("Attributions of layers")
struct LayerAttributionTests {
  private static let grid = (0...100).map { Double($0) / 100 }

  private static func attribution(
    from ablation: InterventionStudy.Ablation
  ) throws -> LayerAttribution {
    let study = try InterventionStudy(
      TwoNeuronSolution.solution, solving: TwoNeuronSolution.problem, rows: 101, threads: 1)
    return LayerAttribution(of: TwoNeuronSolution.site, to: 0, in: study, from: ablation)
  }

  private func rms(_ values: [Double]) -> Double {
    (values.reduce(0) { $0 + $1 * $1 } / 101).squareRoot()
  }

  private func centred(_ values: [Double]) -> [Double] {
    let mean = values.reduce(0, +) / 101
    return values.map { $0 - mean }
  }

  // Sums of a hundred terms of order one, and sixteen nodes of a quadrature.
  private let tolerance = 1e-12

  @Test("in the last layer all measures are of weights times activations")
  func lastLayer() throws {
    let attribution = try Self.attribution(from: .mean)
    #expect(attribution.unknown == "u" && attribution.layer == "layer0")
    let u = centred(Self.grid.map(TwoNeuronSolution.u))
    let parts = [
      centred(Self.grid.map { 3 * tanh(2 * $0 - 0.8) }),
      centred(Self.grid.map { -tanh(4 * $0 - 2) }),
    ]
    for (neuron, part) in zip(attribution.neurons, parts) {
      let share =
        zip(part, u).reduce(0) { $0 + $1.0 * $1.1 } / u.reduce(0) { $0 + $1 * $1 }
      #expect(abs(try #require(neuron.direct) - share) < tolerance)
      #expect(abs(try #require(neuron.gradient) - share) < tolerance)
      #expect(abs(neuron.size - rms(part)) < tolerance)
      let ablation = rms(part) / rms(Self.grid.map(TwoNeuronSolution.u))
      #expect(abs(try #require(neuron.ablation) - ablation) < tolerance)
    }
    #expect(attribution.incompleteness < tolerance)
    #expect(abs(attribution.difference - rms(u)) < tolerance)
  }

  @Test("from zero, sizes are those of the whole contributions")
  func zero() throws {
    let attribution = try Self.attribution(from: .zero)
    let part = Self.grid.map { 3 * tanh(2 * $0 - 0.8) }
    #expect(abs(attribution.neurons[0].size - rms(part)) < tolerance)
    #expect(attribution.incompleteness < tolerance)
  }

  @Test("before the last layer there is no direct contribution, and shares still sum to one")
  func earlier() throws {
    let solution = ConstructedNetwork.network(outputs: 2, hasParts: true, seed: 3)
    let study = try InterventionStudy(
      solution, solving: ConstructedNetwork.problem(), rows: 100, threads: 2)
    let attribution = LayerAttribution(
      of: solution.network.sites[0], to: 1, in: study, from: .mean)
    #expect(attribution.neurons.allSatisfy { $0.direct == nil })
    #expect(abs(attribution.neurons.compactMap(\.gradient).reduce(0, +) - 1) < tolerance)
    #expect(attribution.incompleteness < tolerance)
    // The first four neurons make the other unknown.
    for neuron in attribution.neurons.prefix(4) {
      #expect(neuron.size == 0 && neuron.ablation == 0 && neuron.gradient == 0)
    }
    #expect(LayerAttribution.csv([attribution]).rows.count == 8)
  }
}
