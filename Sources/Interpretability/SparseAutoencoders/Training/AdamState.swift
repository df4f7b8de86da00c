internal import CVectorMath
internal import Foundation
internal import Tensors

/// Adam over all parameters of an autoencoder, in single precision and in parallel.
///
/// ```
/// m ← β₁ m + (1 − β₁) g        v ← β₂ v + (1 − β₂) g²
/// θ ← θ − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
/// ```
///
/// Kingma & Ba (2015), [doi:10.48550/arXiv.1412.6980](https://doi.org/10.48550/arXiv.1412.6980). Every
/// parameter moves at every step, those of features that were not active by their moments.
struct AdamState: Sendable {
  /// m.
  let first: ParameterArray

  /// v.
  let second: ParameterArray

  /// Steps taken, t.
  var stepCount = 0

  private static let firstDecay = 0.9
  private static let secondDecay = 0.999
  private static let epsilon: Float = 1e-8
  private static let featureGroup = 64

  init(_ layout: ParameterLayout) {
    first = ParameterArray(layout)
    second = ParameterArray(layout)
  }

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - parameters: Moved in place.
  ///   - gradient: The loss's gradient.
  ///   - rate: η.
  ///   - keepsUnitDecoder: Whether the decoder's rows are brought back to length one.
  ///   - threads: Workers.
  mutating func update(
    _ parameters: ParameterArray, gradient: ParameterArray, rate: Double, keepsUnitDecoder: Bool,
    threads: Int
  ) {
    stepCount += 1
    let corrected = Float(rate / (1 - pow(Self.firstDecay, Double(stepCount))))
    let correction = Float(1 / (1 - pow(Self.secondDecay, Double(stepCount))))
    let (first, second, layout) = (first, second, parameters.layout)
    @Sendable func move(_ offset: Int, _ count: Int) {
      sparseKernels.adam(
        count, gradient.buffer.pointer + offset, first.buffer.pointer + offset,
        second.buffer.pointer + offset, parameters.buffer.pointer + offset,
        Float(Self.firstDecay), Float(Self.secondDecay), corrected, correction, Self.epsilon)
    }
    let groups = (layout.featureCount + Self.featureGroup - 1) / Self.featureGroup
    parallelFor(count: groups + 1, threads: threads) { group in
      guard group < groups else { return move(layout.vectors, layout.count - layout.vectors) }
      let begin = group * Self.featureGroup
      let end = min(layout.featureCount, begin + Self.featureGroup)
      if !layout.isTied { move(begin * layout.inputStride, (end - begin) * layout.inputStride) }
      move(
        layout.decoder + begin * layout.outputStride, (end - begin) * layout.outputStride)
      guard keepsUnitDecoder else { return }
      for feature in begin..<end {
        scaleToUnit(parameters.decoderRow(feature), count: layout.outputStride)
      }
    }
  }

  /// Begins anew for one feature: at rest, with the average step size of others.
  ///
  /// Second moments of zero would let its first steps be many times too long, for the correction of
  /// the beginning has long worn off.
  func restart(_ feature: Int, like others: [Int]) {
    let layout = first.layout
    first.encoderRow(feature).update(repeating: 0, count: layout.inputStride)
    first.decoderRow(feature).update(repeating: 0, count: layout.outputStride)
    for vector in 0..<layout.vectorCount { first.vector(vector)[feature] = 0 }
    average(second.encoderRow, width: layout.inputStride, of: others, into: feature)
    if !layout.isTied {
      average(second.decoderRow, width: layout.outputStride, of: others, into: feature)
    }
    second.averageVectors(of: others, into: feature)
  }

  private func average(
    _ row: (Int) -> UnsafeMutablePointer<Float>, width: Int, of others: [Int], into feature: Int
  ) {
    let target = row(feature)
    target.update(repeating: 0, count: width)
    let share = 1 / Float(others.count)
    for other in others {
      let source = row(other)
      for i in 0..<width { target[i] += share * source[i] }
    }
  }
}
