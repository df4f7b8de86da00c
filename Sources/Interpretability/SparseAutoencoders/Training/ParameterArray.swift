internal import Tensors

/// Numbers laid out like the parameters: the parameters themselves, their gradient, their moments.
///
/// A reference, like the buffer in it: threads write disjoint rows.
struct ParameterArray: Sendable {
  /// Where everything lies.
  let layout: ParameterLayout

  /// The numbers.
  let buffer: AlignedBuffer<Float>

  /// All zero.
  init(_ layout: ParameterLayout) {
    self.layout = layout
    buffer = AlignedBuffer(count: layout.count, repeating: 0)
  }

  /// The encoder, of shape `[features, inputStride]`.
  var encoder: UnsafeMutablePointer<Float> { buffer.pointer }

  /// The decoder, of shape `[features, outputStride]`.
  var decoder: UnsafeMutablePointer<Float> { buffer.pointer + layout.decoder }

  /// The output's bias.
  var outputBias: UnsafeMutablePointer<Float> { buffer.pointer + layout.outputBias }

  /// A feature's row of the encoder.
  func encoderRow(_ feature: Int) -> UnsafeMutablePointer<Float> {
    encoder + feature * layout.inputStride
  }

  /// A feature's row of the decoder.
  func decoderRow(_ feature: Int) -> UnsafeMutablePointer<Float> {
    decoder + feature * layout.outputStride
  }

  /// One of the vectors with a number for each feature.
  func vector(_ index: Int) -> UnsafeMutablePointer<Float> {
    buffer.pointer + layout.vectors + index * layout.featureStride
  }

  /// The norm of a feature's decoder row.
  func decoderNorm(_ feature: Int) -> Float {
    let row = decoderRow(feature)
    return Float(innerProduct(row, row, count: layout.outputStride).squareRoot())
  }

  /// The norm of a feature's encoder row.
  func encoderNorm(_ feature: Int) -> Float {
    let row = encoderRow(feature)
    return Float(innerProduct(row, row, count: layout.inputStride).squareRoot())
  }

  /// Gives a feature the average number of others in each vector.
  func averageVectors(of others: [Int], into feature: Int) {
    for index in 0..<layout.vectorCount {
      let vector = vector(index)
      vector[feature] = others.reduce(0) { $0 + vector[$1] } / Float(others.count)
    }
  }

  /// The largest |cosine| of a unit vector with a decoder row.
  func largestCosine(with direction: [Float]) -> Float {
    (0..<layout.featureCount).reduce(0) { largest, feature in
      let norm = decoderNorm(feature)
      guard norm > 0 else { return largest }
      let product = innerProduct(direction, decoderRow(feature), count: layout.outputWidth)
      return max(largest, abs(Float(product)) / norm)
    }
  }

  /// Scales all numbers down so that their norm is at most `limit`.
  func shorten(to limit: Double) {
    let norm = innerProduct(buffer.pointer, buffer.pointer, count: layout.count).squareRoot()
    guard norm > limit else { return }
    let factor = Float(limit / norm)
    for i in 0..<layout.count { buffer.pointer[i] *= factor }
  }
}
