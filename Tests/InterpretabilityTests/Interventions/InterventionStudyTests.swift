import Interpretability
import Networks
import PINN
import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A network of two neurons, `u = 3 tanh(ξ + 0.2) − tanh(2ξ)` with ξ = 2x − 1, which solves its problem.
@Suite("Studies of interventions")
struct InterventionStudyTests {
  private static func problem() throws -> Problem {
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

  static func study(rows: Int = 101, threads: Int = 1) throws -> InterventionStudy {
    let network = Network(hidden: [2], outputs: 1, lower: [0], upper: [1])
    let solution = TrainedNetwork(
      network: network, parameters: [1, 2, 0.2, 0, 3, -1, 0], variables: ["x"], unknowns: ["u"])
    return try InterventionStudy(solution, solving: problem(), rows: rows, threads: threads)
  }

  private static let grid = (0...100).map { Double($0) / 100 }

  private func rms(_ function: (Double) -> Double) -> Double {
    (Self.grid.reduce(0) { $0 + function($1) * function($1) } / 101).squareRoot()
  }

  private func u(_ x: Double) -> Double { 3 * tanh(2 * x - 0.8) - tanh(4 * x - 2) }

  // Sums of a hundred terms of order one: a few roundings.
  private let tolerance = 1e-13

  @Test("the network as it is solves its problem")
  func baseline() throws {
    let baseline = try Self.study().baseline
    #expect(baseline.changes == [0])
    for rms in baseline.residualRMS + baseline.conditionRMS + baseline.relativeL2 {
      #expect(try #require(rms) < tolerance)
    }
  }

  @Test("ablating a neuron takes its part out of u, of the equation and of the condition")
  func ablation() throws {
    let study = try Self.study()
    let site = study.solution.network.sites[0]
    let effect = study.effect(of: [.set([1: 0], at: site)], named: "ablated")
    let part = rms { tanh(4 * $0 - 2) } / rms(u)
    #expect(abs(try #require(effect.changes[0]) - part) < tolerance)
    #expect(abs(try #require(effect.relativeL2[0]) - part) < tolerance)
    let residual = rms { 4 / (cosh(4 * $0 - 2) * cosh(4 * $0 - 2)) }
    #expect(abs(try #require(effect.residualRMS[0]) - residual) < tolerance)
    #expect(abs(try #require(effect.conditionRMS[0]) - tanh(2)) < tolerance)
  }

  @Test("a sweep has the effect of each neuron on its own")
  func sweep() throws {
    let study = try Self.study()
    let site = study.solution.network.sites[0]
    let effects = study.sweep(site, by: .mean)
    // tanh(2ξ) is odd about the middle of the domain: its mean is zero, and so is nothing else's.
    let means = study.means(of: site, by: .mean)
    #expect(abs(means[1]) < tolerance && means[0] > 0.05)
    let first = study.effect(
      of: [.set([0: means[0]], at: site)], named: "layer0.neuron0 = mean")
    #expect(effects[0] == first)
    #expect(effects.count == 2)
  }

  @Test(
    "sums over many blocks are the same for any number of threads",
    arguments: [InterventionStudy.Substitute.zero, .mean, .resample(seed: 3)])
  func threads(substitute: InterventionStudy.Substitute) throws {
    // More than the 256 points that a block holds at most, and a block that is not full.
    let one = try Self.study(rows: 4001)
    let site = one.solution.network.sites[0]
    let expected = one.sweep(site, by: substitute)
    for threads in [2, 3, 7] {
      let several = try Self.study(rows: 4001, threads: threads)
      #expect(several.baseline == one.baseline)
      #expect(several.sweep(site, by: substitute) == expected)
    }
  }
}
