import Foundation
import Interpretability
import Networks
import PINN
import Symbolic
import Testing

@Suite("Activations at sites")
struct SiteActivationsTests {
  @Test func `sums and activations are those of the formula`() throws {
    let solution = SampleSolution.network()
    let points = SampleSolution.points(700)
    let sites = try solution.sites(named: [], includingSums: true)
    #expect(sites.map(\.name) == ["layer0", "layer1", "layer0.pre", "layer1.pre"])
    let values = SiteActivations(solution, sites: sites, threads: 2).values(at: points)
    let tensors = Dictionary(
      uniqueKeysWithValues: solution.network.tensors.map {
        ($0.name, Array(solution.parameters[$0.range]))
      })
    for p in stride(from: 0, to: 700, by: 37) {
      var units = [2 * points[0][p] - 1, points[1][p], points[2][p] - 1]
      for (layer, width) in [5, 7].enumerated() {
        let weights = try #require(tensors["layer\(layer).weight"])
        let biases = try #require(tensors["layer\(layer).bias"])
        let inputs = units
        let sums = (0..<width).map { i in
          inputs.indices.reduce(biases[i]) { $0 + weights[i * inputs.count + $1] * inputs[$1] }
        }
        units = sums.map { tanh($0) }
        for i in 0..<width {
          // A few roundings of sums of a handful of numbers near 1, in another order.
          #expect(abs(values[2 + layer][p * width + i] - sums[i]) < 1e-14)
          #expect(abs(values[layer][p * width + i] - units[i]) < 1e-14)
        }
      }
    }
  }

  @Test func `neurons have the bits that a distillation sees, for any number of threads`() throws {
    let solution = SampleSolution.network()
    let points = SampleSolution.points(1000)
    let sites = solution.network.sites
    let values = SiteActivations(solution, sites: sites, threads: 1).values(at: points)
    for threads in [2, 3] {
      #expect(
        SiteActivations(solution, sites: sites, threads: threads).values(at: points) == values)
    }
    for (layer, site) in sites.enumerated() {
      let part = try solution.site(.layer(layer))
      let evaluator = FieldEvaluator(part, points: points, threads: 1)
      for unit in 0..<site.units {
        let neuron = DerivativeSymbol(
          unknown: unit, monomial: Monomial([0, 0, 0]), symbol: Symbol(part.unknowns[unit]))
        #expect(
          evaluator.values(of: neuron, parameters: part.parameters)
            == (0..<1000).map { values[layer][$0 * site.units + unit] })
      }
    }
  }

  @Test func `every kind of network has its sites`() throws {
    for (kind, count) in [
      (NetworkKind.multilayerPerceptron, 4), (.siren, 4), (.modifiedMultilayerPerceptron, 8),
      (.attention, 4),
    ] {
      var design = SampleSolution.design(hidden: [8, 8])
      design.kind = kind
      let solution = SampleSolution.network(design)
      let sites = try solution.sites(named: [], includingSums: true)
      #expect(sites.count == count, "\(kind)")
      let values = SiteActivations(solution, sites: sites, threads: 1)
        .values(at: SampleSolution.points(20))
      for (site, values) in zip(sites, values) {
        #expect(values.count == 20 * site.units)
        #expect(Set(values).count > 20, "\(kind) \(site.name) varies")
      }
    }
  }

  @Test func `sites are chosen by name, number and place`() throws {
    let solution = SampleSolution.network()
    #expect(
      try solution.sites(named: ["last", "0", "layer1"]).map(\.name) == ["layer1", "layer0"])
    #expect(
      try solution.sites(named: ["1"], includingSums: true).map(\.name) == ["layer1", "layer1.pre"])
    let error = #expect(throws: ExtractionError.self) { try solution.sites(named: ["2"]) }
    #expect(error?.description == "the network has no layer '2'; it has layer0, layer1")
  }
}
