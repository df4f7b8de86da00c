import Networks
import Tensors
import Testing

/// A channel for a sum of derivatives against the derivatives one by one, for every kind of network.
@Suite("Sums of derivatives as one channel")
struct DerivativeSumTests {
  /// A sum, the derivatives that are wanted apart, and how many channels both take.
  struct Case: Sendable {
    let sum: DerivativeSum
    let apart: [Monomial]
    let channels: Int

    static let all: [Case] = [
      // The Laplacian, an anisotropic one with a mixed term, a heat operator, a transport operator.
      Case(
        sum: DerivativeSum([.init(Monomial([2, 0]), 1), .init(Monomial([0, 2]), 1)]), apart: [],
        channels: 4),
      Case(
        sum: DerivativeSum([
          .init(Monomial([2, 0]), -0.3), .init(Monomial([0, 2]), 2), .init(Monomial([1, 1]), 0.7),
        ]), apart: [Monomial([1, 0])], channels: 4),
      Case(
        sum: DerivativeSum([.init(Monomial([2, 0]), -0.25), .init(Monomial([0, 1]), 1)]),
        apart: [], channels: 3),
      Case(
        sum: DerivativeSum([.init(Monomial([1, 0]), 3), .init(Monomial([0, 1]), 1)]), apart: [],
        channels: 2),
      Case(
        sum: DerivativeSum([.init(Monomial([2, 0]), 1), .init(Monomial([0, 2]), -1)]),
        apart: [Monomial([1, 1])], channels: 5),
    ]

    /// The plan with the sum, and the one that carries each derivative.
    var plans: (summed: JetPlan, plain: JetPlan) {
      (
        JetPlan(dimension: 2, containing: apart, sum: sum),
        JetPlan(dimension: 2, containing: apart + sum.terms.map(\.monomial))
      )
    }
  }

  /// Seeds for the outputs' adjoints: random in the summed plan, and the same functional in the plain one.
  private static func adjoints(_ test: Case, points: Int) -> (summed: [Double], plain: [Double]) {
    let (summed, plain) = test.plans
    var random = RandomStream(seed: 3)
    let size = 2 * summed.channelCount * points
    let own = (0..<size).map { _ in random.normal() }
    var other = [Double](repeating: 0, count: 2 * plain.channelCount * points)
    for output in 0..<2 {
      for p in 0..<points {
        for (c, monomial) in summed.monomials.enumerated() {
          guard let channel = plain.channel(of: monomial) else { continue }
          other[(output * plain.channelCount + channel) * points + p] +=
            own[(output * summed.channelCount + c) * points + p]
        }
        let seed = own[((output + 1) * summed.channelCount - 1) * points + p]
        for term in test.sum.terms {
          guard let channel = plain.channel(of: term.monomial) else { continue }
          other[(output * plain.channelCount + channel) * points + p] +=
            seed * term.coefficient * term.monomial.factorial
        }
      }
    }
    return (own, other)
  }

  private static func scale(_ values: some Collection<Double>) -> Double {
    max(1, values.map(abs).max() ?? 0)
  }

  @Test("values, gradients and directions agree", arguments: SampleNetwork.all)
  func agreement(sample: SampleNetwork) throws {
    for test in Case.all {
      let (summed, plain) = test.plans
      #expect(summed.channelCount == test.channels)
      let jets = JetPropagation<Double>(network: sample.network, plan: summed, points: 19)
      let twin = JetPropagation<Double>(network: sample.network, plan: plain, points: 19)
      let points = jets.points
      jets.load(jets.scaledInputs(sample.points))
      twin.load(twin.scaledInputs(sample.points))
      jets.forward(parameters: sample.parameters)
      twin.forward(parameters: sample.parameters)
      let sumChannel = try #require(summed.sumChannel)
      for output in 0..<2 {
        func row(_ jets: JetPropagation<Double>, _ channel: Int) -> [Double] {
          let first = (output * jets.plan.channelCount + channel) * points
          return (0..<points).map { jets.outputs[first + $0] }
        }
        var expected = [Double](repeating: 0, count: points)
        for term in test.sum.terms {
          let own = row(twin, try #require(plain.channel(of: term.monomial)))
          for p in 0..<points {
            expected[p] += term.coefficient * term.monomial.factorial * own[p]
          }
        }
        let found = row(jets, sumChannel)
        // The same sums in another order.
        for p in 0..<points {
          #expect(abs(found[p] - expected[p]) < 1e-12 * Self.scale(expected))
        }
      }

      let seeds = Self.adjoints(test, points: points)
      var gradient = sample.parameters.map { _ in 0.0 }
      var reference = gradient
      jets.outputAdjoint.update(from: seeds.summed, count: seeds.summed.count)
      twin.outputAdjoint.update(from: seeds.plain, count: seeds.plain.count)
      jets.reverse(parameters: sample.parameters, gradient: &gradient)
      twin.reverse(parameters: sample.parameters, gradient: &reference)
      let size = Self.scale(reference)
      for (a, b) in zip(gradient, reference) { #expect(abs(a - b) < 1e-12 * size) }
      try directions(sample, test, points)
    }
  }

  private func directions(_ sample: SampleNetwork, _ test: Case, _ points: Int) throws {
    let (summed, plain) = test.plans
    var random = RandomStream(seed: 4)
    let direction = sample.parameters.map { _ in random.normal() }
    let along = [summed, plain].map { plan in
      let jets = JetPropagation<Double>(network: sample.network, plan: plan, points: 19)
      let along = WeightDirection<Double>(network: sample.network, plan: plan, points: 19)
      along.load(jets.scaledInputs(sample.points))
      along.forward(parameters: sample.parameters, direction: direction)
      return along
    }
    let sumChannel = try #require(summed.sumChannel)
    let parts = try test.sum.terms.map { term in
      (try #require(plain.channel(of: term.monomial)), term.coefficient * term.monomial.factorial)
    }
    func check(_ row: (WeightDirection<Double>, Int) -> UnsafePointer<Double>) {
      let expected = (0..<points).map { p in
        Statistics.sum(parts.map { $1 * row(along[1], $0)[p] })
      }
      let found = row(along[0], sumChannel)
      for p in 0..<points {
        // The same sums in another order.
        #expect(abs(found[p] - expected[p]) < 1e-11 * Self.scale(expected))
      }
    }
    for output in 0..<2 {
      check { $0.first(output: output, channel: $1) }
      check { $0.halfSecond(output: output, channel: $1) }
    }
  }
}
