public import Tensors

extension LinearDictionary {
  /// Unit vectors in random directions; a sample is decoded by least squares.
  ///
  /// - Parameters:
  ///   - samples: Their mean is where the directions start, `[samples, width]`.
  ///   - count: How many.
  ///   - seed: Fixes the directions.
  /// - Returns: A dictionary with as many features.
  /// - Throws: `LinearAlgebraError` if the directions have no decomposition.
  public static func randomDirections(
    in samples: Matrix<Float>, count: Int, seed: UInt64
  ) throws(LinearAlgebraError) -> LinearDictionary {
    var random = RandomStream(seed: seed)
    let rows = AffineMap.double(
      .randomUnitRows(count, width: samples.columns, &random))
    // f = x R⁺ has the least norm of all that decode to the projection on the directions' span.
    let decomposition = try SingularValueDecomposition(rows)
    var inverse = decomposition.left
    let largest = decomposition.values.first ?? 0
    for j in 0..<inverse.rows {
      for (k, value) in decomposition.values.enumerated() {
        inverse[j, k] = value > 1e-12 * largest ? inverse[j, k] / value : 0
      }
    }
    return LinearDictionary(
      projection: (inverse * decomposition.rightTransposed).transposed, directions: rows,
      mean: CentredSamples(samples).mean)
  }
}
