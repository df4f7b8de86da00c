import Networks
import Tensors
import Testing

@Suite("Transformers")
struct TransformerTests {
  @Test("attention and logits are those of plain loops", arguments: SampleTransformer.allCases)
  func forward(kind: SampleTransformer) throws {
    let (transformer, batch) = (kind.transformer(), try kind.batch())
    let record = transformer.record(batch, threads: 2)
    for sequence in 0..<batch.count {
      let plain = PlainTransformer(transformer: transformer).run(batch.sequence(sequence))
      for layer in 0..<2 {
        for head in 0..<3 {
          let found = record.pattern(sequence: sequence, layer: layer, head: head)
          // Some hundred roundings of numbers of order one; so below.
          for (a, b) in zip(found.elements, plain.patterns[layer][head].joined()) {
            #expect(abs(a - b) < 1e-12)
          }
        }
      }
      for (position, logits) in plain.logits.enumerated() {
        let found = record.logits.row(sequence * batch.length + position)
        for (a, b) in zip(found, logits) { #expect(abs(a - b) < 1e-11) }
      }
    }
  }

  @Test("gradients are central differences", arguments: SampleTransformer.allCases)
  func gradient(kind: SampleTransformer) throws {
    let (transformer, batch) = (kind.transformer(), try kind.batch())
    let gradient = transformer.loss(on: batch, threads: 1).gradient
    let step = 1e-4
    for i in transformer.parameters.indices {
      func slope(_ offset: Double) -> Double {
        let (after, before) = (
          transformer.changing { $0[i] += offset }, transformer.changing { $0[i] -= offset }
        )
        return (after.loss(on: batch, threads: 1).value - before.loss(on: batch, threads: 1).value)
          / (2 * offset)
      }
      // Of fourth order: normalisations of six numbers bend too much for the second one.
      let difference = (4 * slope(step) - slope(2 * step)) / 3
      // The differences err by h⁴ times a fifth derivative, and by 1e-16 / h of rounding.
      #expect(abs(gradient[i] - difference) < 1e-9 * max(1, abs(difference)))
    }
  }

  @Test("the loss is the mean of -log p", arguments: SampleTransformer.allCases)
  func loss(kind: SampleTransformer) throws {
    let (transformer, batch) = (kind.transformer(), try kind.batch())
    var (sum, correct, count) = (0.0, 0, 0)
    for sequence in 0..<batch.count {
      let logits = PlainTransformer(transformer: transformer).run(batch.sequence(sequence)).logits
      for (position, values) in logits.enumerated() {
        guard let target = batch.targets[sequence * batch.length + position] else { continue }
        sum += -PlainSoftmax.logarithm(values)[target]
        correct += values[target] == values.max() ? 1 : 0
        count += 1
      }
    }
    #expect(abs(transformer.loss(on: batch, threads: 1).value - sum / Double(count)) < 1e-12)
    let score = transformer.score(on: batch, threads: 1)
    // Single precision.
    #expect(abs(score.loss - sum / Double(count)) < 1e-5)
    #expect(score.accuracy == Double(correct) / Double(count))
  }

  @Test("a causal transformer does not see what comes later")
  func causality() throws {
    let transformer = SampleTransformer.decoder.transformer()
    let batch = try TokenBatch([[1, 2, 3, 4, 0], [1, 2, 3, 0, 4]], in: transformer.design)
    let logits = transformer.record(batch, threads: 1).logits
    for position in 0..<3 { #expect(logits.row(position) == logits.row(5 + position)) }
    #expect(logits.row(3) != logits.row(8))
  }

  @Test("one, two and four threads give the same bits")
  func determinism() throws {
    let transformer = SampleTransformer.decoder.transformer()
    let batch = try SampleTransformer.decoder.batch(21)
    let one = transformer.loss(on: batch, threads: 1)
    let logits = transformer.record(batch, threads: 1).logits
    for threads in [2, 4] {
      #expect(transformer.loss(on: batch, threads: threads) == one)
      #expect(transformer.record(batch, threads: threads).logits == logits)
    }
  }

  @Test("the seed's transformer is possible")
  func seedSize() {
    let design = TransformerDesign(vocabulary: 1000, context: 20, width: 256, heads: 8, layers: 4)
    // 12 w² + 13 w for each layer, tokens twice with a bias, positions, and the last normalisation.
    #expect(
      design.parameterCount
        == 4 * (12 * 256 * 256 + 13 * 256) + 2 * 1000 * 256 + 1000 + 20 * 256 + 2 * 256)
  }

  @Test("bad tokens are named")
  func badTokens() {
    let design = SampleTransformer.decoder.design
    func failure(_ sequences: [[Int]]) -> TokenError? {
      do {
        _ = try TokenBatch(sequences, in: design)
        return nil
      } catch {
        return error
      }
    }
    #expect(failure([]) == .empty)
    #expect(failure([[0, 1, 2, 3, 4, 0, 1]]) == .tooLong(length: 7, context: 6))
    #expect(failure([[0, 1], [2]]) == .unequalLengths(sequence: 1, length: 1, first: 2))
    #expect(
      failure([[0, 1], [2, 5]])
        == .unknownToken(5, sequence: 1, position: 1, vocabulary: 5))
    #expect(
      failure([[0, 1], [2, 5]])?.description
        == "token 5 in sequence 1, position 1 is unknown; the vocabulary is 0…4")
  }
}
