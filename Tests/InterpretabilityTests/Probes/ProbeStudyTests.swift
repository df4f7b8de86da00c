import Foundation
import Tensors
import Testing

import Interpretability

@Suite("Studies of probes with their controls")
struct ProbeStudyTests {
  /// A study of a random layer into which targets may be planted.
  func study(planting: [Double]?, seed: UInt64) -> (ProbeStudy, [Double]) {
    let layer = RandomLayer(samples: 900, width: 10, seed: seed)
    let target = (0..<900).map { cos(9 * layer.coordinates[0][$0]) * layer.coordinates[1][$0] }
    var activations = layer.activations
    if let planting {
      for (row, value) in target.enumerated() { activations[row, 4] = planting[0] * value }
    }
    var study = ProbeStudy(
      sites: [
        ProbeSite(
          name: "layer0", activations: activations,
          untrained: (1...3).map { draw in
            RandomLayer(samples: 900, width: 10, seed: seed).activations(ofDraw: draw)
          })
      ],
      targets: [ProbeTarget("u_x", target)], coordinates: layer.coordinates)
    study.resamples = 200
    return (study, target)
  }

  @Test("a planted derivative is read, and every control stays behind")
  func planted() throws {
    let rows = try study(planting: [2], seed: 7).0.run()
    #expect(rows.map(\.split) == [.random, .blocked])
    for row in rows {
      // One column is the target itself.
      #expect(try #require(row.score.r2) > 1 - 1e-10)
      #expect(try #require(row.untrained) < 0.9)
      #expect(try #require(row.coordinates) < 0.5)
      #expect(try #require(row.permuted) < 0.1)
      #expect(try #require(row.control) < 0.9)
      #expect(try #require(row.gain) > 5)
      #expect(try #require(row.selectivity) > 0.1)
      #expect(try #require(row.savedBits) > 5)
    }
  }

  @Test("where nothing is planted, the untrained network reads as much")
  func nothing() throws {
    for row in try study(planting: nil, seed: 7).0.run() {
      // Both are random layers: within a digit of each other.
      #expect(abs(try #require(row.gain)) < 1)
    }
  }

  @Test(
    "the bits that a layer saves are those from the target's spread to its noise",
    arguments: [ProbeKind.ridge, .linear])
  func savedBits(kind: ProbeKind) throws {
    // Two columns that are nearly one: directions below the cut-off of least squares.
    var random = RandomStream(seed: 12)
    var activations = RandomLayer(samples: 4000, width: 6, seed: 12).activations
    for row in 0..<4000 { activations[row, 5] = activations[row, 4] + 1e-9 * random.normal() }
    let clean = (0..<4000).map { activations[$0, 1] - 2 * activations[$0, 4] }
    let spread = try #require(Statistics.variance(clean)).squareRoot()
    let noise = spread / 64
    var study = ProbeStudy(
      sites: [ProbeSite(name: "a", activations: activations)],
      targets: [ProbeTarget("u", clean.map { $0 + noise * random.normal() })])
    study.kinds = [kind]
    // log2 64 = 6 bits, less what the first samples cost: the first 31 of 4000 save nothing, and the
    // probe's 7 numbers cost about half a bit for each doubling of what is known.
    #expect((5.8...6).contains(try #require(try study.run()[0].savedBits)))
  }

  @Test("fifty variables have a control and blocks too")
  func manyVariables() throws {
    var random = RandomStream(seed: 4)
    let layer = RandomLayer(samples: 300, width: 5, seed: 4)
    let coordinates = (0..<50).map { _ in (0..<300).map { _ in random.uniform() } }
    let study = ProbeStudy(
      sites: [ProbeSite(name: "a", activations: layer.activations)],
      targets: [ProbeTarget("u", layer.coordinates[0])], coordinates: coordinates)
    for row in try study.run() { #expect(row.score.r2 != nil && row.control != nil) }
  }

  @Test("a constant target has no R²")
  func constant() throws {
    let layer = RandomLayer(samples: 100, width: 4, seed: 1)
    let study = ProbeStudy(
      sites: [ProbeSite(name: "a", activations: layer.activations)],
      targets: [ProbeTarget("c", Array(repeating: 2.5, count: 100))])
    for row in try study.run() {
      #expect(row.score.r2 == nil && row.gain == nil && row.control == nil)
      #expect(row.savedBits == nil)
    }
  }

  @Test("samples that are not finite are named")
  func notFinite() {
    var layer = RandomLayer(samples: 100, width: 4, seed: 1).activations
    layer[41, 2] = .nan
    let study = ProbeStudy(
      sites: [ProbeSite(name: "layer1", activations: layer)],
      targets: [ProbeTarget("u", (0..<100).map(Double.init))])
    let error = #expect(throws: ProbeError.self) { try study.run() }
    #expect(
      error?.description
        == "the activations of layer1 hold nan in row 42, column 3; "
        + "remove such samples or train the network again")
  }

  @Test("the smooth field has the target's spectrum and another shape")
  func field() throws {
    let x = (0..<400).map { Double($0) / 399 }
    let target = x.map { cos(3 * .pi * $0) + 0.5 * cos(8 * .pi * $0) }
    let field = try SmoothField(of: [target], at: [x], threads: 1)
      .draw(random: RandomStream(seed: 2))[0]
    // A sum of two waves of the same numbers and amplitudes: at most 1.5, and its best fit by the
    // sines and cosines of wave numbers 3 and 8 is perfect.
    #expect(field.allSatisfy { abs($0) <= 1.5 + 1e-6 })
    let waves = Matrix(
      rows: 400, columns: 4,
      elements: x.flatMap { x in
        [3.0, 8.0].flatMap { [cos(.pi * $0 * x), sin(.pi * $0 * x)] }
      })
    let fit = try LeastSquares(waves, field).solution
    let read = (0..<400).map { row in (0..<4).reduce(0) { $0 + waves[row, $1] * fit[$1] } }
    #expect(try #require(Statistics.relativeL2(read, reference: field)) < 1e-6)
    #expect(abs(hypot(fit[0], fit[1]) - 1) < 1e-6 && abs(hypot(fit[2], fit[3]) - 0.5) < 1e-6)
    #expect(try #require(Statistics.relativeL2(field, reference: target)) > 0.1)
  }

  @Test("the difference of two shifted profiles is the best stencil")
  func stencil() throws {
    let x = (0..<300).map { Double($0) / 150 - 1 }
    let profiles = [0.0, 0.3, 0.31, -0.6, 0.9].map { shift in x.map { tanh(2 * $0 + shift) } }
    let activations = Matrix(
      rows: 300, columns: 5, elements: x.indices.flatMap { p in profiles.map { $0[p] } })
    // The derivative of tanh(2x + 0.305): only neurons 1 and 2 lie beside it.
    let target = x.map { 2 / (cosh(2 * $0 + 0.305) * cosh(2 * $0 + 0.305)) }
    let best = try #require(StencilReading.best(.pair, in: activations, of: target))
    #expect(best.neurons == [1, 2])
    #expect(best.r2 > 0.99999 && best.neuronR2 < 0.5)
    let second = x.map { tanh(2 * $0 + 0.3) - 2 * tanh(2 * $0) + tanh(2 * $0 - 0.6) }
    #expect(StencilReading.best(.triplet, in: activations, of: second)?.neurons == [1, 0, 3])
  }
}
