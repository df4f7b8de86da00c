import Foundation
import Limbeck

/// The three studies of a transformer: what it attends to, its neurons, and what it can do without.
struct TransformerStudies {
  let design: TransformerDesign
  let batch: TokenBatch
  let record: TransformerRecord
  let attention: [HeadSummary]
  let neurons: [ActiveNeuron]
  let headAblations: [TransformerAblation]
  let neuronAblation: TransformerAblation
  let name: (Int) -> String
  private let seconds: Double

  /// Runs the studies.
  ///
  /// - Parameters:
  ///   - transformer: The transformer.
  ///   - batch: Sequences with a target somewhere.
  ///   - relations: What heads may attend to.
  ///   - threads: Number of threads.
  ///   - name: How a token is written.
  init(
    _ transformer: Transformer, on batch: TokenBatch, relations: [AttentionRelation],
    threads: Int, name: @escaping (Int) -> String
  ) {
    let clock = ContinuousClock()
    let start = clock.now
    design = transformer.design
    self.batch = batch
    self.name = name
    record = transformer.record(batch, threads: threads)
    attention = record.headSummaries(relations, queries: .answered)
    neurons = record.mostActiveNeurons(6, exampleCount: 3)
    headAblations = InterventionStudy.Ablation.allCases.map {
      transformer.ablation(
        of: transformer.design.headSites, by: $0, on: batch, threads: threads)
    }
    let sites = transformer.design.neuronSites
    neuronAblation = transformer.ablation(
      of: sites.count > Self.ablatedNeurons
        ? record.mostActiveNeurons(Self.ablatedNeurons, exampleCount: 0).map(\.site) : sites,
      by: .mean, on: batch, threads: threads)
    seconds = (clock.now - start) / .seconds(1)
  }

  /// Of more neurons, the most active ones are taken out.
  private static let ablatedNeurons = 256

  /// Prints a table for each study.
  func printTables() {
    printAttention()
    printNeurons()
    printAblations()
    let count = design.headSites.count * headAblations.count + neuronAblation.effects.count
    print("\n\(count) ablations and the other studies took \(Text.number(seconds, 1)) s")
  }

  private func printAttention() {
    print("\nAttention, at the positions with an answer (in brackets: if it were even)")
    let rows = attention.map { head in
      let others = head.relations.sorted { $0.weight - $0.evenWeight > $1.weight - $1.evenWeight }
      return ["layer\(head.layer).head\(head.head)", Text.number(head.entropy, 2)]
        + [others[0], others[1]].map {
          "\($0.name) \(Text.number($0.weight, 2)) (\(Text.number($0.evenWeight, 2)))"
        }
    }
    let even = Text.number(attention[0].evenEntropy, 2)
    Text.table(["head", "entropy (\(even))", "attends most to", "then to"], rows)
  }

  private func printNeurons() {
    print("\nThe most active neurons, with the inputs they are most active for")
    let rows = neurons.map { neuron in
      [
        "\(neuron.site)", Text.number(neuron.mean, 2), Text.percent(neuron.activeShare),
        neuron.examples.map(text).joined(separator: "   "),
      ]
    }
    Text.table(["neuron", "mean", "active", "most active at [ ]"], rows)
  }

  /// The input up to the position at which a neuron is active, which stands in brackets.
  private func text(_ example: ActiveNeuron.Example) -> String {
    let first = max(0, example.position - 7)
    let before = example.tokens[first..<example.position].map { name($0) + " " }.joined()
    return "\(first > 0 ? "… " : "")\(before)[\(name(example.tokens[example.position]))]"
  }

  private func printAblations() {
    let baseline = neuronAblation.baseline
    print(
      "\nWithout a head: the output, which is right at \(Text.percent(baseline.accuracy)) "
        + "with a loss of \(Text.number(baseline.loss, 4)) as it is")
    let rows = zip(headAblations[0].effects, headAblations[1].effects).map { pair in
      ["\(pair.0.site)"]
        + [pair.0, pair.1].flatMap {
          [
            Text.percent($0.score.accuracy), Text.number($0.score.loss, 4),
            Text.number($0.logitChange, 2),
          ]
        }
    }
    Text.table(
      ["head", "zero: right", "loss", "Δ logits", "mean: right", "loss", "Δ logits"], rows)
    let (ablated, all) = (neuronAblation.effects.count, design.neuronSites.count)
    print(
      "\nWithout a neuron (mean): the ten of \(ablated) that matter most"
        + (ablated < all ? ", the most active ones of \(all)" : ""))
    Text.table(
      ["neuron", "right", "loss", "Δ logits"],
      neuronAblation.strongest(10).map {
        [
          "\($0.site)", Text.percent($0.score.accuracy), Text.number($0.score.loss, 4),
          Text.number($0.logitChange, 3),
        ]
      })
  }

  /// Writes what the studies found.
  ///
  /// - Parameter path: The file.
  /// - Throws: `FileError`, or `EncodingError` for a number that is not finite.
  func write(to path: String) throws {
    struct Results: Encodable {
      let design: TransformerDesign
      let attention: [HeadSummary]
      let neurons: [ActiveNeuron]
      let headAblations: [TransformerAblation]
      let neuronAblation: TransformerAblation
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    let data = try encoder.encode(
      Results(
        design: design, attention: attention, neurons: neurons, headAblations: headAblations,
        neuronAblation: neuronAblation))
    try AtomicFile.write([UInt8](data), to: path)
  }
}
