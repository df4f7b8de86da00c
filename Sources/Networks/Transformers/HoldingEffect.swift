public import Tensors

/// What holding a part of a transformer at values does to its output.
public struct HoldingEffect: Sendable, Codable, Equatable {
  /// The part.
  public let site: TransformerSite

  /// How well the transformer does with the part held.
  public let score: TransformerScore

  /// Root mean square over positions with a target and over the vocabulary of the change of logits.
  public let logitChange: Double
}

extension Transformer {
  /// What holding each of some parts, on its own, does to the output.
  ///
  /// The batch is read once; after each change only what follows the part is computed anew. Computed in
  /// single precision.
  ///
  /// - Parameters:
  ///   - held: Parts, which the transformer has, with the values to hold them at.
  ///   - batch: Sequences with a target somewhere.
  ///   - threads: Number of threads; no result depends on it.
  /// - Returns: The score with nothing held, and an effect for each part in their order.
  public func effects(
    ofHolding held: [HeldSite], on batch: TokenBatch, threads: Int = defaultThreadCount
  ) -> (baseline: TransformerScore, effects: [HoldingEffect]) {
    check(held)
    precondition(batch.targetCount > 0, "an effect on answers needs a position with a target")
    // From the last layer to the first, neurons before heads: what a change overwrites is then never
    // what a later change starts from.
    let order = held.indices.sorted { left, right in
      let (a, b) = (held[left].site, held[right].site)
      return (b.layer, a.isHead ? 1 : 0, left) < (a.layer, b.isHead ? 1 : 0, right)
    }
    // One place for the baseline, then one for each part, of each block.
    let places = held.count + 1
    let sums = AlignedBuffer(
      count: TransformerEngine<Float>.blockCount * places, repeating: EffectSum())
    let engine = TransformerEngine<Float>(
      design, length: batch.length, sequences: batch.count, threads: threads)
    engine.load(parameters)
    engine.forEachBlock(of: batch) { block, rows, pass, parameters in
      let (targets, results) = (batch.targets[rows], sums.pointer + block * places)
      pass.forward(batch.tokens[rows], parameters: parameters)
      results[0] = EffectSum(pass, targets, baseline: nil)
      let baseline = Array(
        UnsafeBufferPointer(start: pass.readout.logits.pointer, count: pass.logitCount))
      for index in order {
        let site = held[index].site
        let original = pass.values(of: site)
        pass.hold(held[index])
        pass.resume(after: site, parameters: parameters)
        results[index + 1] = EffectSum(pass, targets, baseline: baseline)
        pass.restore(original, of: site)
      }
    }
    let totals = (0..<places).map { place in
      stride(from: place, to: sums.count, by: places).reduce(EffectSum()) {
        $0 + sums.pointer[$1]
      }
    }
    let count = Double(batch.targetCount)
    return (
      totals[0].score(over: count),
      held.indices.map { index in
        let total = totals[index + 1]
        return HoldingEffect(
          site: held[index].site, score: total.score(over: count),
          logitChange: (total.squares / (count * Double(design.vocabulary))).squareRoot())
      }
    )
  }
}

/// What a block adds to an effect.
private struct EffectSum: BitwiseCopyable {
  var loss = 0.0
  var correct = 0
  var squares = 0.0

  init() {}

  /// Compares a block's logits with its targets, and with what they were.
  init(
    _ pass: TransformerPass<Float>, _ targets: ArraySlice<Int?>, baseline: [Float]?
  ) {
    let (logits, vocabulary) = (pass.readout.logits.pointer, pass.design.vocabulary)
    let entropy = CrossEntropy(
      of: targets, logits: logits, vocabulary: vocabulary, adjoint: nil,
      scratch: pass.shares.pointer)
    loss = entropy.sum
    correct = entropy.correct
    guard let baseline else { return }
    for (row, target) in targets.enumerated() where target != nil {
      var sum: Float = 0
      for j in row * vocabulary..<(row + 1) * vocabulary {
        sum += (logits[j] - baseline[j]) * (logits[j] - baseline[j])
      }
      squares += Double(sum)
    }
  }

  func score(over count: Double) -> TransformerScore {
    TransformerScore(loss: loss / count, accuracy: Double(correct) / count)
  }

  static func + (left: EffectSum, right: EffectSum) -> EffectSum {
    var sum = left
    sum.loss += right.loss
    sum.correct += right.correct
    sum.squares += right.squares
    return sum
  }
}
