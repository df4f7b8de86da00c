import Foundation
import Networks
import Tensors
import Testing

/// A small network, its parameters and some points, all from one seed.
struct Fixture {
  let network: Network
  let parameters: [Double]
  let points: [[Double]]

  init(_ activation: Activation, hidden: [Int] = [7, 5], outputs: Int = 2, seed: UInt64 = 1) {
    let network = Network(
      hidden: hidden, outputs: outputs, activation: activation, lower: [0, -1], upper: [2, 3])
    self.network = network
    var random = RandomStream(seed: seed)
    parameters = network.initialParameters(random: &random).map { $0 + 0.1 * random.normal() }
    points = (0..<2).map { i in
      (0..<19).map { _ in random.uniform(network.lower[i], network.upper[i]) }
    }
  }
}

private let mixed: JetPlan = JetPlan(
  dimension: 2, containing: [Monomial([4, 0]), Monomial([2, 2]), Monomial([1, 3])])

@Suite("Jet propagation")
struct JetPropagationTests {
  @Test("every channel agrees with the plain twin", arguments: Activation.allCases)
  func forward(activation: Activation) throws {
    let fixture = Fixture(activation)
    let jets = JetPropagation<Double>(network: fixture.network, plan: mixed, points: 19)
    jets.load(jets.scaledInputs(fixture.points))
    jets.forward(parameters: fixture.parameters)
    for p in [0, 7, 18] {
      let plain = fixture.network.plainJets(
        fixture.parameters, at: fixture.points.map { $0[p] }, plan: mixed)
      for o in 0..<2 {
        for (c, monomial) in mixed.monomials.enumerated() {
          let fast = jets.outputs[(o * mixed.channelCount + c) * jets.points + p]
          let slow = plain[o].coefficients[monomial] ?? 0
          // Some fifty roundings of terms up to ten times the result.
          #expect(abs(fast - slow) < 1e-13 * max(1, abs(slow)))
        }
      }
    }
  }

  @Test("Float agrees with Double", arguments: Activation.allCases)
  func single(activation: Activation) {
    let fixture = Fixture(activation)
    let double = JetPropagation<Double>(network: fixture.network, plan: mixed, points: 19)
    let float = JetPropagation<Float>(network: fixture.network, plan: mixed, points: 19)
    double.load(double.scaledInputs(fixture.points))
    float.load(float.scaledInputs(fixture.points))
    double.forward(parameters: fixture.parameters)
    float.forward(parameters: fixture.parameters.map { Float($0) })
    for i in 0..<2 * mixed.channelCount * double.points {
      // Single precision has 1.2e-7; a hundred roundings and cancellation take two digits.
      #expect(
        abs(Double(float.outputs[i]) - double.outputs[i]) < 3e-5 * max(1, abs(double.outputs[i])))
    }
  }

  @Test func `channels are derivatives: central differences of the channel below`() {
    let fixture = Fixture(.tanh)
    func outputs(shift: Double) -> ([Double], Int) {
      let jets = JetPropagation<Double>(network: fixture.network, plan: mixed, points: 19)
      jets.load(jets.scaledInputs([fixture.points[0].map { $0 + shift }, fixture.points[1]]))
      jets.forward(parameters: fixture.parameters)
      let count = mixed.channelCount * jets.points
      return (Array(UnsafeBufferPointer(start: jets.outputs, count: count)), jets.points)
    }
    let h = 1e-4
    let (center, points) = outputs(shift: 0)
    let (above, below) = (outputs(shift: h).0, outputs(shift: -h).0)
    for (lower, higher) in [
      ([0, 0], [1, 0]), ([1, 0], [2, 0]), ([1, 1], [2, 1]), ([1, 2], [2, 2]),
    ] {
      let (a, b) = (Monomial(lower), Monomial(higher))
      guard let from = mixed.channel(of: a), let to = mixed.channel(of: b) else {
        Issue.record("the plan lacks \(lower) or \(higher)")
        continue
      }
      for p in 0..<19 {
        let i = from * points + p
        let difference = (above[i] - below[i]) / (2 * h) * a.factorial
        // Second-order differences: h² = 1e-8 times a third derivative, rounding 1e-16 / h.
        #expect(abs(difference - center[to * points + p] * b.factorial) < 1e-6)
      }
    }
  }

  @Test(
    "the gradient agrees with central differences and with the direction jets",
    arguments: Activation.allCases)
  func gradient(activation: Activation) {
    let fixture = Fixture(activation)
    let count = fixture.network.parameterCount
    let jets = JetPropagation<Double>(network: fixture.network, plan: mixed, points: 19)
    jets.load(jets.scaledInputs(fixture.points))
    var random = RandomStream(seed: 5)
    let size = 2 * mixed.channelCount * jets.points
    let weights = (0..<size).map { _ in random.normal() }
    let direction = (0..<count).map { _ in random.normal() }

    func objective(_ parameters: [Double]) -> Double {
      jets.forward(parameters: parameters)
      return Statistics.sum((0..<size).map { weights[$0] * jets.outputs[$0] })
    }
    func moved(_ h: Double) -> [Double] {
      zip(fixture.parameters, direction).map { $0 + h * $1 }
    }
    let h = 1e-5
    let difference = (objective(moved(h)) - objective(moved(-h))) / (2 * h)

    var gradient = [Double](repeating: 0, count: count)
    jets.forward(parameters: fixture.parameters)
    jets.outputAdjoint.update(from: weights, count: size)
    jets.reverse(parameters: fixture.parameters, gradient: &gradient)
    let slope = Statistics.sum(zip(gradient, direction).map { $0 * $1 })
    let scale = (Statistics.sum(gradient.map { $0 * $0 }) * Double(count)).squareRoot()
    // h² times a third derivative along the direction, which is large for a sum of derivatives.
    #expect(abs(slope - difference) < 1e-7 * scale)

    // An independent formula: the derivative along the direction carried forward.
    let along = WeightDirection<Double>(network: fixture.network, plan: mixed, points: 19)
    along.load(jets.scaledInputs(fixture.points))
    along.forward(parameters: fixture.parameters, direction: direction)
    var forward = 0.0
    for o in 0..<2 {
      for c in 0..<mixed.channelCount {
        for p in 0..<jets.points {
          let i = (o * mixed.channelCount + c) * jets.points + p
          forward += weights[i] * along.first(output: o, channel: c)[p]
        }
      }
    }
    #expect(abs(slope - forward) < 1e-12 * scale)
  }

  @Test func `second derivatives along a direction agree with central differences`() {
    let fixture = Fixture(.tanh)
    let along = WeightDirection<Double>(network: fixture.network, plan: mixed, points: 19)
    let jets = JetPropagation<Double>(network: fixture.network, plan: mixed, points: 19)
    let inputs = jets.scaledInputs(fixture.points)
    var random = RandomStream(seed: 6)
    let direction = fixture.parameters.map { _ in random.normal() }
    along.load(inputs)
    jets.load(inputs)
    along.forward(parameters: fixture.parameters, direction: direction)
    let h = 1e-3
    let size = 2 * mixed.channelCount * jets.points
    let values = [-h, 0, h].map { h in
      jets.forward(parameters: zip(fixture.parameters, direction).map { $0 + h * $1 })
      return (0..<size).map { jets.outputs[$0] }
    }
    for o in 0..<2 {
      for c in 0..<mixed.channelCount {
        for p in 0..<19 {
          let i = (o * mixed.channelCount + c) * jets.points + p
          let difference = (values[0][i] - 2 * values[1][i] + values[2][i]) / (h * h)
          let exact = 2 * along.halfSecond(output: o, channel: c)[p]
          // h² = 1e-6 times a fourth derivative of size up to a thousand.
          #expect(abs(difference - exact) < 3e-3 * max(1, abs(exact)))
        }
      }
    }
  }

  @Test func `rows of the Jacobian are gradients of single points`() {
    let fixture = Fixture(.tanh)
    let count = fixture.network.parameterCount
    let jets = JetPropagation<Double>(network: fixture.network, plan: mixed, points: 19)
    jets.load(jets.scaledInputs(fixture.points))
    jets.forward(parameters: fixture.parameters)
    var random = RandomStream(seed: 7)
    let size = 2 * mixed.channelCount * jets.points
    let seeds = (0..<size).map { _ in random.normal() }
    let rows = AlignedBuffer(count: count * jets.points, repeating: 0.0)
    jets.outputAdjoint.update(from: seeds, count: size)
    jets.jacobian(parameters: fixture.parameters, rows: rows.pointer, stride: jets.points)
    for p in [0, 11, 18] {
      var gradient = [Double](repeating: 0, count: count)
      for i in 0..<size { jets.outputAdjoint[i] = i % jets.points == p ? seeds[i] : 0 }
      jets.reverse(parameters: fixture.parameters, gradient: &gradient)
      for i in 0..<count {
        // The same sums in another order.
        #expect(
          abs(rows.pointer[i * jets.points + p] - gradient[i]) < 1e-12 * max(1, abs(gradient[i])))
      }
    }
  }

  @Test func `a one-layer sine network has the derivatives of the sine`() throws {
    let network = Network(
      hidden: [1], outputs: 1, activation: .sin, lower: [-1], upper: [1])
    let plan = JetPlan(dimension: 1, containing: [Monomial([4])])
    let jets = JetPropagation<Double>(network: network, plan: plan, points: 1)
    jets.load(jets.scaledInputs([[0.3]]))
    jets.forward(parameters: [2, 0.5, 3, 0])
    // u = 3 sin(2x + 0.5): u_xxxx = 48 sin(2x + 0.5), and the channel holds a 24th of it.
    #expect(abs(jets.outputs[4 * jets.points] - 2 * sin(1.1)) < 1e-14)
  }
}

@Suite("Jet plans")
struct JetPlanTests {
  @Test func `a plan is the smallest closed set`() {
    let heat = JetPlan(dimension: 2, containing: [Monomial([2, 0]), Monomial([0, 1])])
    #expect(heat.monomials.map(\.exponents) == [[0, 0], [1, 0], [0, 1], [2, 0]])
    #expect(heat.channel(of: Monomial([1, 1])) == nil)
    #expect(heat.order == 2)
    #expect(Monomial([3, 2]).factorial == 12)
  }

  @Test func `the value alone is one channel`() {
    #expect(JetPlan(dimension: 3, containing: []).channelCount == 1)
  }

  @Test(
    "kernels of small plans agree with those of larger ones", arguments: [Activation.tanh, .sin],
    [
      ([], [[3, 0]]), ([[1, 0]], [[3, 0]]), ([[2, 0]], [[3, 0]]),
      ([[2, 0], [0, 1]], [[1, 1]]), ([[2, 0], [0, 2]], [[1, 1]]),
    ] as [([[Int]], [[Int]])])
  func specialised(activation: Activation, derivatives: ([[Int]], [[Int]])) throws {
    let fixture = Fixture(activation)
    let own = derivatives.0.map { Monomial($0) }
    let small = JetPlan(dimension: 2, containing: own)
    let large = JetPlan(dimension: 2, containing: own + derivatives.1.map { Monomial($0) })
    let pair = [small, large].map { plan in
      let jets = JetPropagation<Double>(network: fixture.network, plan: plan, points: 19)
      jets.load(jets.scaledInputs(fixture.points))
      jets.forward(parameters: fixture.parameters)
      return jets
    }
    var random = RandomStream(seed: 8)
    let direction = fixture.parameters.map { _ in random.normal() }
    let along = pair.map { jets in
      let along = WeightDirection<Double>(network: fixture.network, plan: jets.plan, points: 19)
      along.load(jets.scaledInputs(fixture.points))
      along.forward(parameters: fixture.parameters, direction: direction)
      return along
    }
    let points = pair[0].points
    func compare(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>) {
      for p in 0..<points {
        // A hundred roundings of terms up to ten times the result.
        #expect(abs(a[p] - b[p]) < 1e-12 * max(1, abs(b[p])))
      }
    }
    for output in 0..<2 {
      for (c, monomial) in small.monomials.enumerated() {
        let channel = try #require(large.channel(of: monomial))
        let (i, j) = (output * small.channelCount + c, output * large.channelCount + channel)
        compare(pair[0].outputs + i * points, pair[1].outputs + j * points)
        compare(
          along[0].first(output: output, channel: c),
          along[1].first(output: output, channel: channel))
        compare(
          along[0].halfSecond(output: output, channel: c),
          along[1].halfSecond(output: output, channel: channel))
        for p in 0..<points {
          let seed = random.normal()
          pair[0].outputAdjoint[i * points + p] = seed
          pair[1].outputAdjoint[j * points + p] = seed
        }
      }
    }
    let gradients = pair.map { jets in
      var gradient = fixture.parameters.map { _ in 0.0 }
      jets.reverse(parameters: fixture.parameters, gradient: &gradient)
      return gradient
    }
    for (a, b) in zip(gradients[0], gradients[1]) { #expect(abs(a - b) < 1e-11 * max(1, abs(b))) }
  }
}
