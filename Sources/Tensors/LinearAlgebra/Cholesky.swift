internal import CLAPACKE

/// The Cholesky factor of a symmetric positive definite matrix, `A = UᵀU` (LAPACK `potrf`).
public struct Cholesky: Sendable {
  /// The upper triangle holds `U`; what lies below the diagonal is of no meaning.
  public let factor: Matrix<Double>

  /// Factors a matrix whose upper triangle is given.
  ///
  /// - Parameter matrix: Shape `[n, n]`; only the upper triangle is read. Passing the last
  ///   reference (`consume`) avoids a copy.
  /// - Throws: ``LinearAlgebraError/notPositiveDefinite(order:)``.
  /// - Complexity: O(n³ / 3).
  public init(_ matrix: consuming Matrix<Double>) throws(LinearAlgebraError) {
    precondition(matrix.rows == matrix.columns, "a Cholesky factor needs a square matrix")
    let n = Int32(matrix.rows)
    // A row-major upper triangle is a column-major lower one: no transposition is needed.
    let status = matrix.withUnsafeMutablePointer { a in
      n == 0
        ? 0 : lapack { LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), n, a, n) }
    }
    guard status == 0 else { throw .notPositiveDefinite(order: Int(status)) }
    factor = matrix
  }

  /// Solves `A x = b`.
  ///
  /// - Parameter right: `b`, of length n.
  /// - Returns: `x`, of length n.
  /// - Complexity: O(2 n²).
  public func solve(_ right: [Double]) -> [Double] {
    precondition(right.count == factor.rows, "the right-hand side has another length")
    guard !right.isEmpty else { return [] }
    var x = right
    let n = Int32(x.count)
    factor.withUnsafePointer { a in
      _ = lapack {
        LAPACKE_dpotrs_work(
          LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), n, 1, a, n, &x, n)
      }
    }
    return x
  }

  /// The inverse of `A`, both triangles filled.
  ///
  /// - Complexity: O(n³).
  public var inverse: Matrix<Double> {
    let n = factor.rows
    var result = factor
    guard n > 0 else { return result }
    result.withUnsafeMutablePointer { a in
      _ = lapack {
        LAPACKE_dpotri_work(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), Int32(n), a, Int32(n))
      }
      for i in 0..<n { for j in 0..<i { a[i * n + j] = a[j * n + i] } }
    }
    return result
  }
}
