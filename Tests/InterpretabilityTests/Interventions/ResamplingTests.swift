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

/// `u = tanh x` and `v = tanh 2x`, a neuron each: their equations do not name x, so that they hold with the
/// neurons of any other point, if those come with their derivatives.
@Suite("Resampling of activations")
struct ResamplingTests {
  private static let solution = TrainedNetwork(
    network: Network(hidden: [2], outputs: 2, lower: [-1], upper: [1]),
    parameters: [1, 2, 0, 0] + [1, 0, 0, 1] + [0, 0], variables: ["x"], unknowns: ["u", "v"])

  private static let site = solution.network.sites[0]

  private static func study(rows: Int = 2001) throws -> InterventionStudy {
    let problem = try Recipe(
      parsing: """
        problem:
          variables: {x: [-1, 1]}
          unknowns: [u, v]
          equations: ["u_x - 1 + u^2", "v_x - 2 + 2*v^2", "v*(1 + u^2) - 2*u"]
          conditions:
            - {at: "x = 0", equation: "u"}
            - {at: "x = 0", equation: "v"}
        """
    ).problem
    return try InterventionStudy(solution, solving: problem, rows: rows, threads: 2)
  }

  // Roundings of numbers of order one.
  private let tolerance = 1e-13

  @Test("a whole layer brings the derivatives of its point, and equations without x still hold")
  func layer() throws {
    let effect = try Self.study().effect(
      of: [], resampling: [Resampling(units: [0, 1], at: Self.site)], seed: 1, named: "all")
    for residual in effect.residualRMS { #expect(try #require(residual) < tolerance) }
    // Of two independent draws of an odd function, E (u − u')² = 2 E u²; over 2001 points to 5 %.
    for change in effect.changes {
      #expect(abs(try #require(change) - 2.0.squareRoot()) < 0.05)
    }
    // At the condition stands a point of the sample, the same for both.
    let drawn = atanh(try #require(effect.conditionRMS[0])) * 1000
    #expect(abs(drawn - drawn.rounded()) < 1e-9 && drawn > 0.5)
    #expect(abs(try #require(effect.conditionRMS[1]) - tanh(drawn / 500)) < 1e-9)
  }

  @Test("one neuron loses its place, and what binds the two is broken")
  func neuron() throws {
    let study = try Self.study()
    let effect = study.effect(
      of: [], resampling: [Resampling(units: [1], at: Self.site)], seed: 1, named: "one")
    #expect(effect.changes[0] == 0)
    #expect(abs(try #require(effect.changes[1]) - 2.0.squareRoot()) < 0.05)
    #expect(try #require(effect.residualRMS[1]) < tolerance)
    #expect(try #require(effect.residualRMS[2]) > 0.5)
  }

  @Test("a sweep resamples each neuron alone, and the seed fixes the draws")
  func sweep() throws {
    let study = try Self.study(rows: 300)
    let swept = study.sweep(Self.site, by: .resample(seed: 5))
    for unit in 0..<2 {
      let alone = study.effect(
        of: [], resampling: [Resampling(units: [unit], at: Self.site)], seed: 5,
        named: "layer0.neuron\(unit) = resample")
      #expect(swept[unit] == alone)
    }
    #expect(study.sweep(Self.site, by: .resample(seed: 5)) == swept)
    #expect(study.sweep(Self.site, by: .resample(seed: 6)) != swept)
  }

  @Test("what is resampled is of the network as it is, after the other changes")
  func together() throws {
    let study = try Self.study(rows: 300)
    let resampling = [Resampling(units: [1], at: Self.site)]
    let alone = study.effect(of: [], resampling: resampling, seed: 2, named: "both")
    let both = study.effect(
      of: [.set([1: 9], at: Self.site)], resampling: resampling, seed: 2, named: "both")
    // The matrix product of the change rounds once more.
    for (left, right) in zip(both.changes + both.residualRMS, alone.changes + alone.residualRMS) {
      #expect(abs(try #require(left) - #require(right)) < tolerance)
    }
  }
}
