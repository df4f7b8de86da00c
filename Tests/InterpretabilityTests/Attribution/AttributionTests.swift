import Interpretability
import Networks
import PINN
import Tensors
import Testing

@Suite("Attribution of neurons")
struct AttributionTests {
  private let points: [[Double]] = [
    (0..<40).map { Double($0 % 8) / 7 }, (0..<40).map { Double($0 / 8) / 4 },
  ]

  @Test("integrated gradients are complete at every point of every layer", arguments: [0, 1])
  func completeness(layer: Int) {
    let solution = ConstructedNetwork.network(outputs: 2, hasParts: false, seed: 1)
    let site = solution.network.sites[layer]
    let baseline = (0..<site.units).map { 0.1 * Double($0) - 0.3 }
    let result = IntegratedGradients(
      of: solution, output: 1, at: site, from: baseline, points: points)
    // Sixteen nodes integrate functions as smooth as these to rounding.
    #expect(result.incompleteness < 1e-12)
    #expect(result.differences.contains { abs($0) > 0.1 })
    let coarse = IntegratedGradients(
      of: solution, output: 1, at: site, from: baseline, points: points, nodes: 1)
    #expect(layer == 1 || coarse.incompleteness > 1e-6)
  }

  @Test("of the last layer they are weights times activations")
  func lastLayer() throws {
    let solution = ConstructedNetwork.network(outputs: 1, hasParts: false, seed: 2)
    let site = solution.network.sites[1]
    let zero = [Double](repeating: 0, count: site.units)
    let result = IntegratedGradients(of: solution, at: site, from: zero, points: points, nodes: 1)
    let direct = DirectContribution.contributions(of: solution, to: 0, at: points, threads: 1)
    let values = SiteActivations(solution, sites: [site], threads: 1).values(at: points)[0]
    for unit in 0..<site.units {
      for row in points[0].indices {
        let expected = direct[unit].weight * values[row * site.units + unit]
        #expect(abs(result.contributions[row, unit] - expected) < 1e-14)
      }
    }
  }

  @Test("direct contributions share the output's variance")
  func shares() throws {
    let solution = ConstructedNetwork.network(outputs: 2, hasParts: true, seed: 3)
    for output in 0..<2 {
      let direct = DirectContribution.contributions(
        of: solution, to: output, at: points, threads: 1)
      // Eight terms of order one.
      #expect(abs(direct.compactMap(\.share).reduce(0, +) - 1) < 1e-12)
      // The neurons of the other part have no weight, and no share.
      for other in direct where other.neuron / 4 != output { #expect(other.share == 0) }
    }
  }
}
