internal import CLAPACKE

/// The thin singular value decomposition `A = U Σ Vᵀ` (LAPACK `gesdd`).
public struct SingularValueDecomposition: Sendable {
  /// Left singular vectors as columns, of shape `[rows, k]`, `k = min(rows, columns)`.
  public let left: Matrix<Double>

  /// Singular values, largest first, of length k.
  public let values: [Double]

  /// Right singular vectors as rows, of shape `[k, columns]`.
  public let rightTransposed: Matrix<Double>

  /// Decomposes a matrix.
  ///
  /// - Parameter matrix: Shape `[rows, columns]`.
  /// - Throws: ``LinearAlgebraError/notConverged(routine:)``.
  /// - Complexity: O(rows · columns · min(rows, columns)).
  public init(_ matrix: Matrix<Double>) throws(LinearAlgebraError) {
    let (m, n) = (matrix.rows, matrix.columns)
    let k = min(m, n)
    precondition(k > 0, "a decomposition needs rows and columns")
    var a = matrix
    var u = Matrix<Double>(rows: m, columns: k)
    var vt = Matrix<Double>(rows: k, columns: n)
    var s = [Double](repeating: 0, count: k)
    let status = a.withUnsafeMutablePointer { a in
      u.withUnsafeMutablePointer { u in
        vt.withUnsafeMutablePointer { vt in
          lapack {
            LAPACKE_dgesdd(
              LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "S")), Int32(m), Int32(n), a, Int32(n), &s, u,
              Int32(k), vt, Int32(n))
          }
        }
      }
    }
    guard status == 0 else { throw .notConverged(routine: "dgesdd") }
    left = u
    values = s
    rightTransposed = vt
  }
}
