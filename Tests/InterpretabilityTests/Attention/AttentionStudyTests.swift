import Foundation
import Interpretability
import Networks
import Tensors
import Testing

@Suite("Studies of transformers")
struct AttentionStudyTests {
  /// One head whose positions attend to the one before, in so far as they are told to.
  private static func previousHead(sharpness: Double) -> Transformer {
    let design = TransformerDesign(
      vocabulary: 3, context: 6, width: 6, heads: 1, layers: 1, neurons: 4)
    var random = RandomStream(seed: 1)
    var parameters = Transformer(design, random: &random).parameters
    func set(_ name: String, _ value: (Int, Int) -> Double) {
      guard let tensor = design.tensors.first(where: { $0.name == name }) else { return }
      let columns = tensor.shape.last ?? 1
      for (k, i) in tensor.range.enumerated() { parameters[i] = value(k / columns, k % columns) }
    }
    set("token.weight") { _, _ in 0 }
    set("position.weight") { $0 == $1 ? 1 : 0 }
    // Queries are the position before, keys the position.
    set("layer0.attention.input.weight") { row, column in
      switch row {
      case 0..<6: (column + 5) % 6 == row ? sharpness : 0
      case 6..<12: row - 6 == column ? 1 : 0
      default: 0
      }
    }
    return Transformer(design, parameters: parameters)
  }

  private static func batch(in design: TransformerDesign) throws -> TokenBatch {
    try TokenBatch(
      [[0, 1, 2, 0, 1, 2], [2, 2, 1, 1, 0, 0]],
      targets: [[nil, nil, 1, nil, nil, 0], [nil, 2, nil, nil, nil, 1]], in: design)
  }

  @Test("a head that was made to attend to the position before is seen to")
  func previous() throws {
    let transformer = Self.previousHead(sharpness: 30)
    let record = transformer.record(try Self.batch(in: transformer.design), threads: 1)
    let summary = try #require(record.headSummaries().first)
    let share = try #require(summary.relations.first { $0.name == "previous" })
    #expect(share.weight > 0.999 && share.strongest == 1 && share.count == 10)
    // 1/2, 1/3, … 1/6 for positions with one before them.
    #expect(abs(share.evenWeight - (1 / 2.0 + 1 / 3.0 + 1 / 4.0 + 1 / 5.0 + 1 / 6.0) / 5) < 1e-15)
    #expect(summary.entropy < 0.01)
    #expect(summary.main?.name == "previous")
    let answered = try #require(record.headSummaries(queries: .answered).first)
    #expect(answered.relations.first { $0.name == "itself" }?.count == 4)
  }

  @Test("even attention is worth nothing")
  func even() throws {
    let transformer = Self.previousHead(sharpness: 0)
    let record = transformer.record(try Self.batch(in: transformer.design), threads: 1)
    let summary = try #require(record.headSummaries().first)
    let entropy = (1...6).reduce(0) { $0 + log(Double($1)) } / 6
    // Sums of a dozen numbers of order one; so below.
    #expect(abs(summary.entropy - entropy) < 1e-13)
    #expect(abs(summary.evenEntropy - entropy) < 1e-13)
    for share in summary.relations { #expect(abs(share.weight - share.evenWeight) < 1e-14) }
    // Tokens 0 1 2 0 1 2 and 2 2 1 1 0 0: three and three have come before.
    #expect(summary.relations.first { $0.name == "last same" }?.count == 6)
    #expect(summary.relations.first { $0.name == "after last same" }?.count == 6)
  }

  @Test("related positions are those that tokens say")
  func relations() throws {
    let transformer = Self.previousHead(sharpness: 0)
    let record = transformer.record(try Self.batch(in: transformer.design), threads: 1)
    let future = AttentionRelation("next") { tokens, query in
      query + 1 < tokens.count ? query + 1 : nil
    }
    // A causal head sees nothing of what comes later.
    #expect(record.headSummaries([future])[0].relations[0].count == 0)
  }

  @Test("the most active neurons come with the inputs they are most active for")
  func neurons() throws {
    let transformer = Self.previousHead(sharpness: 3)
    let record = transformer.record(try Self.batch(in: transformer.design), threads: 1)
    for order in ActiveNeuron.Order.allCases {
      let found = record.mostActiveNeurons(3, by: order, exampleCount: 2)
      let sizes = (0..<4).map { index in
        let values = record.neurons[0].column(index)
        return order == .mean ? values.reduce(0, +) / 12 : values.max() ?? 0
      }
      #expect(
        found.map { order == .mean ? $0.mean : $0.maximum } == Array(sizes.sorted(by: >).prefix(3)))
      for neuron in found {
        let values = record.neurons[0].column(neuron.site.index)
        #expect(neuron.examples.map(\.activation) == Array(values.sorted(by: >).prefix(2)))
        for example in neuron.examples {
          #expect(values[example.sequence * 6 + example.position] == example.activation)
          #expect(example.tokens == record.batch.sequence(example.sequence))
        }
      }
    }
    #expect(record.mostActiveNeurons(2, layer: 0).count == 2)
  }

  @Test("parts are held at zero or at their means")
  func ablation() throws {
    let transformer = Self.previousHead(sharpness: 3)
    let (design, batch) = (transformer.design, try Self.batch(in: transformer.design))
    let sites = design.headSites + design.neuronSites
    let record = transformer.record(batch, threads: 1)
    for replacement in InterventionStudy.Ablation.allCases {
      let held = sites.map { site in
        let values = record.values(of: site)
        return HeldSite(
          site,
          at: (0..<values.columns).map {
            replacement == .zero ? 0 : values.column($0).reduce(0, +) / 12
          })
      }
      let ablation = transformer.ablation(of: sites, by: replacement, on: batch, threads: 2)
      let expected = transformer.effects(ofHolding: held, on: batch, threads: 1)
      #expect(ablation.baseline == expected.baseline)
      for (found, effect) in zip(ablation.effects, expected.effects) {
        #expect(found.site == effect.site)
        // The means are summed in another order, and rounded to single precision.
        #expect(abs(found.score.loss - effect.score.loss) < 1e-6)
        #expect(abs(found.logitChange - effect.logitChange) < 1e-6)
      }
      let strongest = ablation.strongest(2)
      #expect(strongest.count == 2 && strongest[0].score.loss >= strongest[1].score.loss)
      #expect(
        ablation.effects.allSatisfy {
          ablation.lossIncrease($0) <= ablation.lossIncrease(strongest[0])
        })
      let data = try JSONEncoder().encode(ablation)
      #expect(try JSONDecoder().decode(TransformerAblation.self, from: data) == ablation)
    }
  }
}
