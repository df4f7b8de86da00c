public import Tensors

/// A layer's activations about their mean, the form in which representations are compared.
public struct CentredActivations: Sendable {
  /// Shape `[samples, width]`; every column sums to zero.
  let matrix: Matrix<Double>

  /// Singular values, largest first, and singular vectors.
  let decomposition: SingularValueDecomposition

  /// Centres activations.
  ///
  /// - Parameter activations: Shape `[samples, width]`, at least one of each.
  /// - Throws: `LinearAlgebraError` if the decomposition does not converge.
  /// - Complexity: O(samples · width²).
  public init(_ activations: Matrix<Double>) throws(LinearAlgebraError) {
    var matrix = activations
    let (samples, width) = (matrix.rows, matrix.columns)
    for j in 0..<width {
      let mean = Statistics.mean(activations.column(j)) ?? 0
      matrix.withUnsafeMutablePointer { a in
        for i in 0..<samples { a[i * width + j] -= mean }
      }
    }
    self.matrix = matrix
    decomposition = try SingularValueDecomposition(matrix)
  }

  /// Number of samples.
  public var samples: Int { matrix.rows }

  /// Number of units.
  public var units: Int { matrix.columns }
}
