internal import Tensors

extension ParameterArray {
  /// The encoder without padding, `[features, input]`.
  var encoderMatrix: Matrix<Float> {
    unpadded(encoder, width: layout.inputWidth, stride: layout.inputStride)
  }

  /// The decoder without padding, `[features, output]`.
  var decoderMatrix: Matrix<Float> {
    unpadded(decoder, width: layout.outputWidth, stride: layout.outputStride)
  }

  /// One of the vectors.
  func vectorElements(_ index: Int) -> [Float] {
    Array(UnsafeBufferPointer(start: vector(index), count: layout.featureCount))
  }

  /// The output's bias.
  var outputBiasElements: [Float] {
    Array(UnsafeBufferPointer(start: outputBias, count: layout.outputWidth))
  }

  private func unpadded(
    _ rows: UnsafePointer<Float>, width: Int, stride: Int
  ) -> Matrix<Float> {
    var matrix = Matrix<Float>(rows: layout.featureCount, columns: width)
    matrix.withUnsafeMutablePointer { pointer in
      for row in 0..<layout.featureCount {
        (pointer + row * width).update(from: rows + row * stride, count: width)
      }
    }
    return matrix
  }
}
