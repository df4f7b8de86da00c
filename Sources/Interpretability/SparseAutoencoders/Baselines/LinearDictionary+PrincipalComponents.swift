public import Tensors

extension LinearDictionary {
  /// The orthogonal directions of largest variance.
  ///
  /// Pearson (1901), [doi:10.1080/14786440109462720](https://doi.org/10.1080/14786440109462720).
  ///
  /// - Parameters:
  ///   - samples: What they are the components of, `[samples, width]`.
  ///   - count: How many; at most the width.
  /// - Returns: Components in the order of their variance.
  /// - Throws: `LinearAlgebraError` if the covariance has no decomposition.
  public static func principalComponents(
    of samples: Matrix<Float>, count: Int
  ) throws(LinearAlgebraError) -> LinearDictionary {
    let centred = CentredSamples(samples)
    let axes = try SingularValueDecomposition(centred.values.gram).rightTransposed
    let kept = min(count, axes.rows)
    let directions = Matrix<Double>(
      rows: kept, columns: axes.columns, elements: Array(axes.elements[..<(kept * axes.columns)]))
    return LinearDictionary(
      projection: directions.transposed, directions: directions, mean: centred.mean)
  }
}
