import Foundation
@testable import Interpretability
import Tensors
import Testing

/// The gradient of each variant against central differences of its loss, written out in Double.
///
/// Which entries are chosen is held fixed, as it has no slope.
@Suite("Gradients of the variants")
struct VariantGradientTests {
  @Test func `the largest by size`() {
    let check = GradientCheck(AbsTopK(4))
    let deviation = check.deviation(AbsTopK(4)) { moved, unmoved in
      check.mean { x, y in
        let chosen = PlainAutoencoder.largest(unmoved.preactivations(x).map { abs($0) }, 4)
        let a = moved.preactivations(x)
        return moved.squaredError(a.indices.map { chosen.contains($0) ? a[$0] : 0 }, y)
      }
    }
    #expect(deviation.loss < GradientCheck.lossTolerance)
    #expect(deviation.gradient < GradientCheck.gradientTolerance)
  }

  /// The features of all rows when the largest of the batch are chosen.
  private static func batchFeatures(
    _ k: Int, _ moved: PlainAutoencoder, _ unmoved: PlainAutoencoder,
    _ samples: [(x: [Double], y: [Double])], norms: [Double]
  ) -> [[Double]] {
    let before = samples.map { unmoved.preactivations($0.x) }
    let ranks = before.map { zip($0, norms).map { max(0, $0 * $1) } }
    let chosen = PlainAutoencoder.largest(ranks.flatMap { $0 }, k * samples.count)
    return samples.enumerated().map { row, sample in
      let a = moved.preactivations(sample.x)
      return a.indices.map {
        chosen.contains(row * a.count + $0) && before[row][$0] > 0 ? a[$0] : 0
      }
    }
  }

  @Test(arguments: [false, true], [1, 3])
  func `the largest of a batch`(_ hasNorms: Bool, _ k: Int) {
    let check = GradientCheck(BatchTopK(k))
    let deviation = check.deviation(BatchTopK(k), norms: hasNorms) { moved, unmoved in
      let norms = unmoved.decoder.map {
        hasNorms ? $0.reduce(0) { $0 + $1 * $1 }.squareRoot() : 1
      }
      let samples = check.samples()
      let features = Self.batchFeatures(k, moved, unmoved, samples, norms: norms)
      return zip(features, samples).reduce(0) { $0 + moved.squaredError($1.0, $1.1.y) }
        / Double(samples.count)
    }
    #expect(deviation.loss < GradientCheck.lossTolerance)
    #expect(deviation.gradient < GradientCheck.gradientTolerance)
  }

  @Test func `nested dictionaries`() {
    let rule = Matryoshka(3, ends: [3, 7, GradientCheck.features])
    let check = GradientCheck(rule)
    let deviation = check.deviation(rule) { moved, unmoved in
      let samples = check.samples()
      let features = Self.batchFeatures(
        3, moved, unmoved, samples, norms: Array(repeating: 1, count: GradientCheck.features))
      return zip(features, samples).reduce(0) { sum, pair in
        sum
          + rule.ends.reduce(0) { sum, end in
            let f = pair.0.indices.map { $0 < end ? pair.0[$0] : 0 }
            let share = Double(end) / Double(GradientCheck.features)
            return sum + share * moved.squaredError(f, pair.1.y)
          }
      } / Double(samples.count)
    }
    #expect(deviation.loss < GradientCheck.lossTolerance)
    #expect(deviation.gradient < GradientCheck.gradientTolerance)
  }

  @Test(arguments: [1.0, 0.5], [false, true])
  func `ReLU with a penalty`(_ exponent: Double, _ hasNorms: Bool) {
    let rule = PenalizedReLU(.coefficient(0.3), exponent: exponent)
    let check = GradientCheck(rule)
    let shift = exponent == 1 ? 0 : 1e-3
    let deviation = check.deviation(rule, strength: 0.3, norms: hasNorms) { moved, unmoved in
      check.mean { x, y in
        let before = unmoved.preactivations(x)
        let a = moved.preactivations(x)
        let f = a.indices.map { before[$0] > 0 ? a[$0] : 0 }
        let punished = f.indices.reduce(0.0) { sum, j in
          let norm = hasNorms ? moved.decoder[j].reduce(0) { $0 + $1 * $1 }.squareRoot() : 1
          return sum
            + (before[j] > 0 ? pow(f[j] * norm + shift, exponent) - pow(shift, exponent) : 0)
        }
        return moved.squaredError(f, y) + 0.3 * punished
      }
    }
    #expect(deviation.loss < GradientCheck.lossTolerance)
    #expect(deviation.gradient < GradientCheck.gradientTolerance)
  }

  /// The slopes that the window stands in for are those of a loss that is linear in θ inside it.
  @Test func `learned thresholds`() {
    let rule = JumpReLU(.coefficient(0.2), bandwidth: 0.5, initialThreshold: 0.4)
    let check = GradientCheck(rule)
    let deviation = check.deviation(rule, strength: 0.2) { moved, unmoved in
      check.mean { x, y in
        let before = unmoved.preactivations(x)
        let a = moved.preactivations(x)
        var active = 0.0
        let f = a.indices.map { j in
          let threshold = exp(unmoved.vectors[1][j])
          let raised = exp(moved.vectors[1][j]) - threshold
          let isInWindow = abs(before[j] - threshold) < 0.25
          active += (before[j] > threshold ? 1 : 0) - (isInWindow ? raised / 0.5 : 0)
          return (before[j] > threshold ? a[j] : 0)
            - (isInWindow ? threshold / 0.5 * raised : 0)
        }
        return moved.squaredError(f, y) + 0.2 * active
      }
    }
    #expect(deviation.loss < GradientCheck.lossTolerance)
    #expect(deviation.gradient < GradientCheck.gradientTolerance)
  }

  @Test(arguments: [false, true])
  func `gates`(_ hasNorms: Bool) {
    let rule = Gated(.coefficient(0.3))
    let check = GradientCheck(rule)
    let deviation = check.deviation(rule, strength: 0.3, norms: hasNorms) { moved, unmoved in
      check.mean { x, y in
        let before = unmoved.preactivations(x)
        let gates = moved.preactivations(x)
        func magnitude(_ model: PlainAutoencoder, _ gate: Double, _ j: Int) -> Double {
          exp(model.vectors[2][j]) * gate + model.vectors[1][j]
        }
        let f = gates.indices.map {
          before[$0] > 0 && magnitude(unmoved, before[$0], $0) > 0
            ? magnitude(moved, gates[$0], $0) : 0
        }
        let open = gates.indices.map { before[$0] > 0 ? gates[$0] : 0 }
        let norms = unmoved.decoder.map {
          hasNorms ? $0.reduce(0) { $0 + $1 * $1 }.squareRoot() : 1
        }
        // The decision's own reconstruction has a decoder that is held fixed.
        return moved.squaredError(f, y) + unmoved.squaredError(open, y)
          + 0.3 * zip(open, norms).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
    #expect(deviation.loss < GradientCheck.lossTolerance)
    #expect(deviation.gradient < GradientCheck.gradientTolerance)
  }

  @Test func `a transcoder decodes something else than it encodes`() {
    let check = GradientCheck(TopK(3), outputWidth: 7)
    let deviation = check.deviation(TopK(3)) { moved, unmoved in
      check.mean { x, y in
        let before = unmoved.preactivations(x)
        let chosen = PlainAutoencoder.largest(before, 3)
        let a = moved.preactivations(x)
        return moved.squaredError(
          a.indices.map { chosen.contains($0) && before[$0] > 0 ? a[$0] : 0 }, y)
      }
    }
    #expect(deviation.loss < GradientCheck.lossTolerance)
    #expect(deviation.gradient < GradientCheck.gradientTolerance)
  }
}
