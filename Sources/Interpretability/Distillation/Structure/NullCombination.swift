internal import Tensors

/// The combination of columns that comes nearest to zero, and whether it is zero up to their errors.
///
/// A structure such as `u(x − c t)` is a linear relation between columns that the field gives, here
/// `u_t + c u_x = 0`, with coefficients that are unknown. Columns aₖ are scaled to a root mean square of
/// one; the last right singular vector v gives the coefficients and the last singular value the
/// statistic `s = rms(Σ vₖ aₖ)`, which is 1 for unrelated columns and 0 for an exact relation. Errors εₖ
/// of the columns, relative to their sizes, make of an exact relation `s ≈ √Σ vₖ² εₖ²`.
struct NullCombination {
  /// The coefficients of the columns as given; the largest term has a root mean square of order one.
  let coefficients: [Double]

  /// The distance from an exact relation, from 0 to 1.
  let statistic: Double

  /// What the columns' errors alone make of an exact relation.
  let expected: Double

  /// Each column's part in the relation: the coefficients of the scaled columns, of unit norm.
  let parts: [Double]

  /// Finds the combination; nil if a column cannot be told from zero or is not finite.
  ///
  /// - Parameter columns: At least two columns of one length.
  init?(_ columns: [UncertainColumn]) {
    guard columns.allSatisfy({ $0.isSignificant && $0.size.isFinite }) else { return nil }
    let rows = columns[0].values.count
    var matrix = Matrix<Double>(rows: rows, columns: columns.count)
    let sizes = columns.map(\.size)
    for (k, column) in columns.enumerated() {
      for (row, value) in column.values.enumerated() { matrix[row, k] = value / sizes[k] }
    }
    guard rows >= columns.count,
      let decomposition = try? SingularValueDecomposition(matrix),
      let last = decomposition.values.last
    else { return nil }
    let vector = decomposition.rightTransposed.row(columns.count - 1)
    parts = vector
    coefficients = zip(vector, sizes).map { $0 / $1 }
    statistic = last / Double(rows).squareRoot()
    expected = columns.indices.reduce(0.0) { sum, k in
      let part = vector[k] * columns[k].error / sizes[k]
      return sum + part * part
    }.squareRoot()
  }

  /// Whether every column takes part: else the relation is one between fewer of them.
  var isProper: Bool { parts.allSatisfy { abs($0) > 0.05 } }
}
