import Networks
import Tensors
import Testing

private let plan: JetPlan = JetPlan(
  dimension: 2, containing: [Monomial([4, 0]), Monomial([2, 2]), Monomial([1, 3])])

/// Every derivative that training asks for, of every kind of network.
@Suite("Derivatives of architectures")
struct ArchitectureDerivativeTests {
  /// The outputs' jets, `[outputs, channels, points]`.
  private static func jets(
    _ sample: SampleNetwork, _ parameters: [Double], shift: [Double] = [0, 0]
  ) -> [Double] {
    let jets = JetPropagation<Double>(network: sample.network, plan: plan, points: 19)
    jets.load(jets.scaledInputs(zip(sample.points, shift).map { x, h in x.map { $0 + h } }))
    jets.forward(parameters: parameters)
    return Array(UnsafeBufferPointer(start: jets.outputs, count: size(jets.points)))
  }

  private static func size(_ points: Int) -> Int { 2 * plan.channelCount * points }

  private static func direction(_ sample: SampleNetwork) -> [Double] {
    var random = RandomStream(seed: 6)
    return sample.parameters.map { _ in random.normal() }
  }

  private static func moved(_ sample: SampleNetwork, _ h: Double) -> [Double] {
    zip(sample.parameters, direction(sample)).map { $0 + h * $1 }
  }

  /// The size of derivatives of a channel, for tolerances.
  private static func scale(_ values: some Collection<Double>) -> Double {
    max(1, values.map(abs).max() ?? 0)
  }

  @Test("each channel is the derivative of one below", arguments: SampleNetwork.allAndChanged)
  func channels(sample: SampleNetwork) throws {
    let parameters = sample.parameters
    let center = Self.jets(sample, parameters)
    let points = center.count / (2 * plan.channelCount)
    let h = 1e-4
    for variable in 0..<2 {
      let shifts = [2.0, 1, -1, -2].map { step in
        (0..<2).map { $0 == variable ? step * h : 0 }
      }
      let near = shifts.map { Self.jets(sample, parameters, shift: $0) }
      for (to, monomial) in plan.monomials.enumerated() where monomial.exponents[variable] > 0 {
        var exponents = monomial.exponents
        exponents[variable] -= 1
        let lower = Monomial(exponents)
        let from = try #require(plan.channel(of: lower))
        for output in 0..<2 {
          let first = output * plan.channelCount
          let exact = center[(first + to) * points..<(first + to + 1) * points]
            .map { $0 * monomial.factorial }
          for p in 0..<19 {
            let v = near.map { $0[(first + from) * points + p] * lower.factorial }
            let difference = (8 * (v[1] - v[2]) - (v[0] - v[3])) / (12 * h)
            // Rounding 1e-15 / h of channels up to a thousand times the value; h⁴ is less.
            #expect(abs(difference - exact[p]) < 1e-8 * Self.scale(exact))
          }
        }
      }
    }
  }

  @Test(
    "the gradient agrees with differences and with jets along weights",
    arguments: SampleNetwork.allAndChanged
  )
  func gradient(sample: SampleNetwork) {
    let (network, parameters) = (sample.network, sample.parameters)
    let jets = JetPropagation<Double>(network: network, plan: plan, points: 19)
    let inputs = jets.scaledInputs(sample.points)
    let size = Self.size(jets.points)
    var random = RandomStream(seed: 5)
    let weights = (0..<size).map { _ in random.normal() }
    jets.load(inputs)
    jets.forward(parameters: parameters)
    jets.outputAdjoint.update(from: weights, count: size)
    var gradient = [Double](repeating: 0, count: network.parameterCount)
    jets.reverse(parameters: parameters, gradient: &gradient)

    let along = WeightDirection<Double>(network: network, plan: plan, points: 19)
    along.load(inputs)
    along.forward(parameters: parameters, direction: Self.direction(sample))
    var forward = 0.0
    for o in 0..<2 {
      for c in 0..<plan.channelCount {
        for p in 0..<jets.points {
          forward +=
            weights[(o * plan.channelCount + c) * jets.points + p]
            * along.first(output: o, channel: c)[p]
        }
      }
    }
    let slope = Statistics.sum(zip(gradient, Self.direction(sample)).map { $0 * $1 })
    let scale = Statistics.sum(
      zip(gradient, Self.direction(sample)).map { abs($0 * $1) })
    // The same sum by two routes: roundings of its terms.
    #expect(abs(slope - forward) < 1e-11 * scale)

    func objective(_ h: Double) -> Double {
      Statistics.sum(zip(weights, Self.jets(sample, Self.moved(sample, h))).map { $0 * $1 })
    }
    let h = 1e-4
    let difference =
      (8 * (objective(h) - objective(-h)) - (objective(2 * h) - objective(-2 * h))) / (12 * h)
    // h⁴ times a fifth derivative, which is large along a direction of a hundred weights.
    #expect(abs(slope - difference) < 1e-6 * scale)
  }

  @Test(
    "second derivatives along weights are differences of first",
    arguments: SampleNetwork.allAndChanged)
  func second(sample: SampleNetwork) {
    let along = WeightDirection<Double>(network: sample.network, plan: plan, points: 19)
    let jets = JetPropagation<Double>(network: sample.network, plan: plan, points: 19)
    along.load(jets.scaledInputs(sample.points))
    let direction = Self.direction(sample)
    func first(_ h: Double) -> [[Double]] {
      along.forward(parameters: Self.moved(sample, h), direction: direction)
      return (0..<2).flatMap { o in
        (0..<plan.channelCount).map { c in
          (0..<19).map { along.first(output: o, channel: c)[$0] }
        }
      }
    }
    let h = 1e-4
    let near = [2 * h, h, -h, -2 * h].map(first)
    _ = first(0)
    for o in 0..<2 {
      for c in 0..<plan.channelCount {
        let exact = (0..<19).map { 2 * along.halfSecond(output: o, channel: c)[$0] }
        let index = o * plan.channelCount + c
        for p in 0..<19 {
          let v = near.map { $0[index][p] }
          let difference = (8 * (v[1] - v[2]) - (v[0] - v[3])) / (12 * h)
          // As above: h⁴ times a high derivative, rounding 1e-15 / h.
          #expect(abs(difference - exact[p]) < 1e-6 * Self.scale(exact))
        }
      }
    }
  }

  @Test(
    "rows of the Jacobian are gradients of single points", arguments: SampleNetwork.allAndChanged)
  func jacobian(sample: SampleNetwork) {
    let (network, parameters) = (sample.network, sample.parameters)
    let count = network.parameterCount
    let jets = JetPropagation<Double>(network: network, plan: plan, points: 19)
    jets.load(jets.scaledInputs(sample.points))
    jets.forward(parameters: parameters)
    var random = RandomStream(seed: 7)
    let size = Self.size(jets.points)
    let seeds = (0..<size).map { _ in random.normal() }
    let stride = jets.points + 16
    let rows = AlignedBuffer(count: count * stride, repeating: 0.0)
    jets.outputAdjoint.update(from: seeds, count: size)
    jets.jacobian(parameters: parameters, rows: rows.pointer, stride: stride)
    for p in [0, 11, 18] {
      var gradient = [Double](repeating: 0, count: count)
      for i in 0..<size { jets.outputAdjoint[i] = i % jets.points == p ? seeds[i] : 0 }
      jets.reverse(parameters: parameters, gradient: &gradient)
      let scale = Self.scale(gradient)
      for i in 0..<count {
        // The same sums in another order.
        #expect(abs(rows.pointer[i * stride + p] - gradient[i]) < 1e-13 * scale)
      }
    }
  }

  @Test("without a reverse pass the jets are the same", arguments: SampleNetwork.allAndChanged)
  func irreversible(sample: SampleNetwork) {
    let jets = JetPropagation<Double>(
      network: sample.network, plan: plan, points: 19, reversible: false)
    jets.load(jets.scaledInputs(sample.points))
    // Twice: memory that is shared must not keep anything of the pass before.
    jets.forward(parameters: sample.parameters)
    jets.forward(parameters: sample.parameters)
    let values = Array(UnsafeBufferPointer(start: jets.outputs, count: Self.size(jets.points)))
    #expect(values == Self.jets(sample, sample.parameters))
  }

  @Test("Float agrees with Double", arguments: SampleNetwork.allAndChanged)
  func single(sample: SampleNetwork) {
    let jets = JetPropagation<Float>(network: sample.network, plan: plan, points: 19)
    let size = Self.size(jets.points)
    jets.load(jets.scaledInputs(sample.points))
    jets.forward(parameters: sample.parameters.map { Float($0) })
    let double = Self.jets(sample, sample.parameters)
    for channel in 0..<2 * plan.channelCount {
      let range = channel * jets.points..<(channel + 1) * jets.points
      let scale = Self.scale(double[range])
      // Single precision has 1.2e-7; a hundred roundings and cancellation take two digits.
      for i in range { #expect(abs(Double(jets.outputs[i]) - double[i]) < 3e-5 * scale) }
    }
    let twin = JetPropagation<Double>(network: sample.network, plan: plan, points: 19)
    twin.load(twin.scaledInputs(sample.points))
    twin.forward(parameters: sample.parameters)
    jets.outputAdjoint.update(repeating: 1, count: size)
    twin.outputAdjoint.update(repeating: 1, count: size)
    var gradient = sample.parameters.map { _ in Float(0) }
    var reference = sample.parameters.map { _ in 0.0 }
    jets.reverse(parameters: sample.parameters.map { Float($0) }, gradient: &gradient)
    twin.reverse(parameters: sample.parameters, gradient: &reference)
    let scale = Self.scale(reference)
    for (a, b) in zip(gradient, reference) { #expect(abs(Double(a) - b) < 3e-5 * scale) }
  }
}
