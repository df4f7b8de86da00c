import Networks
import Tensors
import Testing

/// Derivatives and gradients of changed networks are tested beside those of all others, see
/// ``SampleNetwork``; here, that the changes are the right ones.
@Suite("Interventions")
struct InterventionTests {
  let network = Network(hidden: [5, 4], outputs: 2, lower: [0, -1], upper: [2, 3])
  let parameters: [Double]

  init() {
    var random = RandomStream(seed: 4)
    parameters = network.initialParameters(random: &random).map { $0 + 0.2 * random.normal() }
  }

  /// The outputs and their first derivatives at a few points.
  func jets(_ network: Network, _ parameters: [Double]) -> [Double] {
    let plan = JetPlan(dimension: 2, containing: [Monomial([1, 0]), Monomial([0, 1])])
    let jets = JetPropagation<Double>(network: network, plan: plan, points: 16)
    let x = (0..<16).map { Double($0) / 8 }
    jets.load(jets.scaledInputs([x, x.map { 1 - $0 * $0 }]))
    jets.forward(parameters: parameters)
    let count = network.outputs * plan.channelCount * 16
    return Array(UnsafeBufferPointer(start: jets.outputs, count: count))
  }

  func tensor(_ name: String) throws -> Range<Int> {
    try #require(network.tensors.first { $0.name == name }).range
  }

  /// A rounding or two of sums of a few numbers of order one.
  func expectEqual(_ left: [Double], _ right: [Double]) {
    for (a, b) in zip(left, right) { #expect(abs(a - b) < 1e-13) }
  }

  @Test("ablating a neuron is cutting its outgoing weights")
  func ablation() throws {
    let changed = network.intervened([.set([2: 0], at: network.sites[0])])
    var cut = parameters
    let weights = try tensor("layer1.weight")
    for row in 0..<4 { cut[weights.lowerBound + row * 5 + 2] = 0 }
    expectEqual(jets(changed, parameters), jets(network, cut))
    #expect(jets(changed, parameters) != jets(network, parameters))
  }

  @Test("a neuron held at a value moves the next layer's biases")
  func mean() throws {
    let changed = network.intervened([.set([1: 0.7], at: network.sites[1])])
    var moved = parameters
    let (weights, biases) = (try tensor("layer2.weight"), try tensor("layer2.bias"))
    for row in 0..<2 {
      let weight = weights.lowerBound + row * 4 + 1
      moved[biases.lowerBound + row] += 0.7 * moved[weight]
      moved[weight] = 0
    }
    expectEqual(jets(changed, parameters), jets(network, moved))
  }

  @Test("scaling a neuron is scaling its outgoing weights")
  func scaling() throws {
    let changed = network.intervened([.scale([0: -3], at: network.sites[0])])
    var scaled = parameters
    let weights = try tensor("layer1.weight")
    for row in 0..<4 { scaled[weights.lowerBound + row * 5] *= -3 }
    expectEqual(jets(changed, parameters), jets(network, scaled))
  }

  @Test("a direction taken out is read by no weight along it, whatever its length")
  func direction() throws {
    let direction = [1.0, -2, 0.5, 0, 3]
    let site = network.sites[0]
    let changed = network.intervened([.set(direction: direction, at: site)])
    let square = direction.reduce(0) { $0 + $1 * $1 }
    var cut = parameters
    let weights = try tensor("layer1.weight")
    for row in 0..<4 {
      let first = weights.lowerBound + row * 5
      let along = (0..<5).reduce(0) { $0 + parameters[first + $1] * direction[$1] } / square
      for i in 0..<5 { cut[first + i] -= along * direction[i] }
    }
    expectEqual(jets(changed, parameters), jets(network, cut))
    let long = network.intervened([.set(direction: direction.map { 10 * $0 }, at: site)])
    expectEqual(jets(changed, parameters), jets(long, parameters))
  }

  @Test("changes at one site happen in their order, and what was there stays")
  func order() {
    let site = network.sites[1]
    let vector = [1.0, 0, -1, 2]
    let both = network.intervened([.add(vector, at: site)]).intervened([.scale([0: 2], at: site)])
    let one = network.intervened([
      .scale([0: 2], at: site), .add([2, 0, -1, 2], at: site),
    ])
    expectEqual(jets(both, parameters), jets(one, parameters))
  }

  @Test("bounds that nothing reaches change nothing; where one holds, derivatives vanish")
  func clamping() {
    let site = network.sites[1]
    // Activations of tanh lie between −1 and 1.
    let wide = network.intervened([.clamp([0: -1...1], at: site)])
    #expect(jets(wide, parameters) == jets(network, parameters))
    let all = Dictionary(uniqueKeysWithValues: (0..<4).map { ($0, 2.0...3.0) })
    let held = network.intervened([.clamp(all, at: site)])
    let set = network.intervened([.set([0: 2, 1: 2, 2: 2, 3: 2], at: site)])
    expectEqual(jets(held, parameters), jets(set, parameters))
  }

  @Test("the part up to a site carries the changes before and at it")
  func part() {
    let site = network.sites[0]
    let changed = network.intervened([.set([3: 0.5], at: site)])
    let part = changed.part(to: site, outputs: 2)
    let readout = [0.0, 0, 0, 1, 0] + [0, 0, 0, 0, 1] + [0, 0]
    let outputs = jets(part, parameters[..<site.parameterCount] + readout)
    #expect(outputs[..<16].allSatisfy { $0 == 0.5 })
  }

  @Test(
    "features that stay are affine in the activations, the others are gone",
    arguments: [
      UnitSelection.all, .above([0, 0.2, 0, 1]), .largest(2, byMagnitude: false),
      .largest(1, byMagnitude: true), .largest(4, byMagnitude: false),
    ])
  func features(selection: UnitSelection) throws {
    let site = network.sites[0]
    let map = Self.map(selection)
    let part = network.part(to: site, outputs: 5)
    let identity = (0..<25).map { $0 % 6 == 0 ? 1.0 : 0 } + [0, 0, 0, 0, 0]
    let own = jets(part, parameters[..<site.parameterCount] + identity)
    let replaced = jets(
      network.intervened([.replace(at: site, by: map)]).part(to: site, outputs: 5),
      parameters[..<site.parameterCount] + identity)
    let without = jets(
      network.intervened([.takeOut(map, at: site)]).part(to: site, outputs: 5),
      parameters[..<site.parameterCount] + identity)
    // Jets have three channels of 16 points: the value and two derivatives.
    for point in 0..<16 {
      func column(_ jets: [Double], _ channel: Int) -> [Double] {
        (0..<5).map { jets[($0 * 3 + channel) * 16 + point] }
      }
      let sums = (0..<4).map { feature in
        (0..<5).reduce(map.offsets[feature]) {
          $0 + map.encoder[feature * 5 + $1] * column(own, 0)[$1]
        }
      }
      let kept = Self.kept(sums, selection)
      for channel in 0..<3 {
        let features = (0..<4).map { feature in
          guard kept.contains(feature) else { return 0.0 }
          return (0..<5).reduce(channel == 0 ? map.offsets[feature] : 0) {
            $0 + map.encoder[feature * 5 + $1] * column(own, channel)[$1]
          }
        }
        let expected = (0..<5).map { unit in
          (0..<4).reduce(channel == 0 ? map.bias[unit] : 0) {
            $0 + map.decoder[unit * 4 + $1] * features[$1]
          }
        }
        expectEqual(column(replaced, channel), expected)
        expectEqual(column(without, channel), zip(column(own, channel), expected).map { $0 - $1 })
      }
    }
  }

  /// Four features of five units.
  private static func map(_ selection: UnitSelection) -> FeatureMap {
    var random = RandomStream(seed: 7)
    func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in random.normal() } }
    return FeatureMap(
      encoder: numbers(20), offsets: numbers(4), selection: selection, decoder: numbers(20),
      bias: numbers(5))
  }

  /// The features that stay, by sorting all of them.
  private static func kept(_ sums: [Double], _ selection: UnitSelection) -> Set<Int> {
    switch selection {
    case .all: return Set(sums.indices)
    case .above(let thresholds): return Set(sums.indices.filter { sums[$0] > thresholds[$0] })
    case .largest(let count, let byMagnitude):
      let sizes = byMagnitude ? sums.map(abs) : sums
      let order = sums.indices.sorted { sizes[$0] > sizes[$1] }
      return Set(order.prefix(count).filter { sizes[$0] > 0 })
    }
  }
}
