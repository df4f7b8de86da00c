internal import CLAPACKE

/// The Householder factors of a tall matrix, `A = Q R` (LAPACK `geqrf`).
///
/// Solving least squares through `R` keeps about twice the digits of the normal equations, whose
/// condition number is squared.
public struct QRDecomposition: Sendable {
  private let factors: Matrix<Double>
  private let scales: [Double]

  /// Factors a matrix with at least as many rows as columns.
  ///
  /// - Parameter matrix: Shape `[rows, columns]`, `rows >= columns`.
  /// - Complexity: O(2 · rows · columns²).
  public init(_ matrix: consuming Matrix<Double>) {
    precondition(matrix.rows >= matrix.columns, "QR needs at least as many rows as columns")
    let (m, n) = (matrix.rows, matrix.columns)
    var tau = [Double](repeating: 0, count: n)
    matrix.withUnsafeMutablePointer { a in
      _ = lapack { LAPACKE_dgeqrf(LAPACK_ROW_MAJOR, Int32(m), Int32(n), a, Int32(n), &tau) }
    }
    factors = matrix
    scales = tau
  }

  /// The upper triangular factor, of shape `[columns, columns]`.
  public var upper: Matrix<Double> {
    var result = Matrix<Double>(rows: factors.columns, columns: factors.columns)
    for i in 0..<factors.columns { for j in i..<factors.columns { result[i, j] = factors[i, j] } }
    return result
  }

  /// The orthogonal factor, of shape `[rows, columns]`; its columns are an orthonormal basis.
  ///
  /// - Complexity: O(2 · rows · columns²).
  public var orthogonal: Matrix<Double> {
    var result = factors
    result.withUnsafeMutablePointer { q in
      _ = lapack {
        LAPACKE_dorgqr(
          LAPACK_ROW_MAJOR, Int32(factors.rows), Int32(factors.columns), Int32(factors.columns), q,
          Int32(factors.columns), scales)
      }
    }
    return result
  }

  /// `Qᵀ b`, the first `columns` entries of which belong to the range of `A`.
  ///
  /// - Parameter right: `b`, of length `rows`.
  /// - Returns: `Qᵀ b`, of length `rows`.
  public func applyTranspose(_ right: [Double]) -> [Double] {
    precondition(right.count == factors.rows, "the right-hand side has another length")
    var b = right
    factors.withUnsafePointer { a in
      _ = lapack {
        LAPACKE_dormqr(
          LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "L")), CChar(UInt8(ascii: "T")), Int32(b.count), 1,
          Int32(factors.columns), a, Int32(factors.columns), scales, &b, 1)
      }
    }
    return b
  }

  /// Solves `min ‖A x − b‖₂` for a matrix of full rank.
  ///
  /// - Parameter right: `b`, of length `rows`.
  /// - Returns: `x`, of length `columns`.
  public func solve(_ right: [Double]) -> [Double] {
    var x = Array(applyTranspose(right)[..<factors.columns])
    factors.withUnsafePointer { a in
      _ = lapack {
        LAPACKE_dtrtrs(
          LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "U")), CChar(UInt8(ascii: "N")),
          CChar(UInt8(ascii: "N")), Int32(factors.columns), 1, a, Int32(factors.columns), &x, 1)
      }
    }
    return x
  }
}
