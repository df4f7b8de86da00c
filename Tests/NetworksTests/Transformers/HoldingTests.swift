import Networks
import Tensors
import Testing

@Suite("Holding heads and neurons")
struct HoldingTests {
  @Test("ablating a part is cutting its outgoing weights", arguments: SampleTransformer.allCases)
  func zeroing(kind: SampleTransformer) throws {
    let (transformer, batch) = (kind.transformer(), try kind.batch())
    let design = transformer.design
    let record = transformer.record(batch, threads: 1)
    // A neuron that is not silent.
    let neuron = (0..<design.neurons).first { record.neurons[1].column($0).contains { $0 > 0.1 } }
    let head = TransformerSite.head(layer: 0, index: 1)
    for site in [head, .neuron(layer: 1, index: try #require(neuron))] {
      let isHead = site == head
      let name = "layer\(site.layer).\(isHead ? "attention" : "neurons").output.weight"
      let tensor = try #require(design.tensors.first { $0.name == name })
      let cut = transformer.changing { parameters in
        for row in 0..<tensor.shape[0] {
          for column in site.columns(in: design) {
            parameters[tensor.range.lowerBound + row * tensor.shape[1] + column] = 0
          }
        }
      }
      let held = transformer.record(
        batch, holding: [HeldSite(zeroing: site, in: design)], threads: 1)
      let expected = cut.record(batch, threads: 1).logits
      // A sum with zeros in it, in double precision.
      for (a, b) in zip(held.logits.elements, expected.elements) { #expect(abs(a - b) < 1e-12) }
      #expect(held.values(of: site).elements.allSatisfy { $0 == 0 })
      #expect(expected != record.logits)
    }
  }

  @Test("effects are what whole passes give", arguments: SampleTransformer.allCases)
  func effects(kind: SampleTransformer) throws {
    let (transformer, batch) = (kind.transformer(), try kind.batch(19))
    let design = transformer.design
    // In an order that is not the one of the computation, one part twice.
    let sites = design.neuronSites + design.headSites + [.neuron(layer: 0, index: 2)]
    let held = sites.map { HeldSite($0, at: $0.columns(in: design).map { 0.3 - Double($0) / 20 }) }
    let (baseline, effects) = transformer.effects(ofHolding: held, on: batch, threads: 2)
    #expect(baseline == transformer.score(on: batch, threads: 1))
    let logits = transformer.record(batch, threads: 1).logits
    for (part, effect) in zip(held, effects) {
      #expect(effect.site == part.site)
      let changed = transformer.record(batch, holding: [part], threads: 1).logits
      var (loss, squares) = (0.0, 0.0)
      for (row, target) in batch.targets.enumerated() {
        guard let target else { continue }
        loss -= PlainSoftmax.logarithm(changed.row(row))[target]
        squares += zip(changed.row(row), logits.row(row)).reduce(0) {
          $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
        }
      }
      let count = Double(batch.targetCount)
      // Single precision against double, of numbers below ten.
      #expect(abs(effect.score.loss - loss / count) < 1e-4)
      #expect(
        abs(effect.logitChange - (squares / count / Double(design.vocabulary)).squareRoot()) < 1e-4)
    }
    #expect(transformer.effects(ofHolding: held, on: batch, threads: 1).effects == effects)
  }

  @Test("holding a part at what it is changes nothing")
  func nothing() throws {
    let transformer = SampleTransformer.decoder.transformer()
    let batch = try TokenBatch([[1]], targets: [[2]], in: transformer.design)
    let record = transformer.record(batch, threads: 1)
    let held = (transformer.design.headSites + transformer.design.neuronSites).map {
      HeldSite($0, at: record.values(of: $0).elements)
    }
    // Rounded to single precision once more.
    for effect in transformer.effects(ofHolding: held, on: batch, threads: 1).effects {
      #expect(effect.logitChange < 1e-5)
    }
  }
}
