internal import CLAPACKE

/// The minimum-norm solution of a linear least-squares problem by divide-and-conquer SVD
/// (LAPACK `gelsd`).
///
/// Singular values below `cutoff` times the largest are treated as zero, which makes the answer
/// stable when columns are nearly collinear.
public struct LeastSquares: Sendable {
  /// The solution, of length `columns`.
  public let solution: [Double]

  /// Number of singular values above the cut-off.
  public let rank: Int

  /// Singular values, largest first.
  public let singularValues: [Double]

  /// Solves `min ‖A x − b‖₂`.
  ///
  /// - Parameters:
  ///   - matrix: `A`, of shape `[rows, columns]`.
  ///   - right: `b`, of length `rows`.
  ///   - cutoff: Relative size below which a singular value counts as zero.
  /// - Throws: ``LinearAlgebraError/notConverged(routine:)``.
  /// - Complexity: O(rows · columns²).
  public init(
    _ matrix: Matrix<Double>, _ right: [Double], cutoff: Double = 1e-12
  ) throws(LinearAlgebraError) {
    precondition(right.count == matrix.rows, "the right-hand side has another length")
    let (m, n) = (matrix.rows, matrix.columns)
    precondition(m > 0 && n > 0, "a least-squares problem needs rows and columns")
    var a = matrix
    var b = right + Array(repeating: 0, count: max(0, n - m))
    var values = [Double](repeating: 0, count: min(m, n))
    var found: Int32 = 0
    let status = a.withUnsafeMutablePointer { a in
      lapack {
        LAPACKE_dgelsd(
          LAPACK_ROW_MAJOR, Int32(m), Int32(n), 1, a, Int32(n), &b, 1, &values, cutoff, &found)
      }
    }
    guard status == 0 else { throw .notConverged(routine: "dgelsd") }
    solution = Array(b[..<n])
    rank = Int(found)
    singularValues = values
  }
}
