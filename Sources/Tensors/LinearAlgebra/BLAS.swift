internal import COpenBLAS

// CBLAS's enumeration values (the reference interface, https://www.netlib.org/blas/#_cblas).
private let rowMajor: Int32 = 101
private let upper: Int32 = 121

private func flag(_ transpose: Bool) -> Int32 { transpose ? 112 : 111 }

/// The BLAS and LAPACK library behind the matrix calls.
public enum LinearAlgebraLibrary {
  /// OpenBLAS kept to one thread.
  ///
  /// Its threads spin and collapse beside a busy neighbour, and a sum split by it would depend on
  /// the number of cores. Parallel work is split by ``parallelFor(count:threads:body:)`` instead.
  static let singleThreaded: Void = openblas_set_num_threads(1)

  /// OpenBLAS's own description of how it was built and which kernels it chose.
  public static var description: String {
    "\(String(cString: openblas_get_config())), kernels \(String(cString: openblas_get_corename()))"
  }
}

/// Calls a routine of LAPACK, whose products are OpenBLAS's, with OpenBLAS kept to one thread.
///
/// - Parameter routine: The call.
/// - Returns: The routine's status.
func lapack(_ routine: () -> Int32) -> Int32 {
  LinearAlgebraLibrary.singleThreaded
  return routine()
}

extension Double: TensorScalar {
  /// Double-precision general matrix product; see ``TensorScalar``.
  public static func gemm(
    transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Double,
    a: UnsafePointer<Double>, lda: Int, b: UnsafePointer<Double>, ldb: Int, beta: Double,
    c: UnsafeMutablePointer<Double>, ldc: Int
  ) {
    LinearAlgebraLibrary.singleThreaded
    cblas_dgemm(
      rowMajor, flag(transposeA), flag(transposeB), Int32(m), Int32(n), Int32(k), alpha, a,
      Int32(lda), b, Int32(ldb), beta, c, Int32(ldc))
  }

  /// Double-precision symmetric rank-k update of the upper triangle; see ``TensorScalar``.
  public static func syrk(
    transpose: Bool, n: Int, k: Int, alpha: Double, a: UnsafePointer<Double>, lda: Int,
    beta: Double, c: UnsafeMutablePointer<Double>, ldc: Int
  ) {
    LinearAlgebraLibrary.singleThreaded
    cblas_dsyrk(
      rowMajor, upper, flag(transpose), Int32(n), Int32(k), alpha, a, Int32(lda), beta, c,
      Int32(ldc))
  }

  /// Double-precision matrix-vector product; see ``TensorScalar``.
  public static func gemv(
    transpose: Bool, m: Int, n: Int, alpha: Double, a: UnsafePointer<Double>, lda: Int,
    x: UnsafePointer<Double>, beta: Double, y: UnsafeMutablePointer<Double>
  ) {
    LinearAlgebraLibrary.singleThreaded
    cblas_dgemv(
      rowMajor, flag(transpose), Int32(m), Int32(n), alpha, a, Int32(lda), x, 1, beta, y, 1)
  }
}

extension Float: TensorScalar {
  /// Single-precision general matrix product; see ``TensorScalar``.
  public static func gemm(
    transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float,
    a: UnsafePointer<Float>, lda: Int, b: UnsafePointer<Float>, ldb: Int, beta: Float,
    c: UnsafeMutablePointer<Float>, ldc: Int
  ) {
    LinearAlgebraLibrary.singleThreaded
    cblas_sgemm(
      rowMajor, flag(transposeA), flag(transposeB), Int32(m), Int32(n), Int32(k), alpha, a,
      Int32(lda), b, Int32(ldb), beta, c, Int32(ldc))
  }

  /// Single-precision symmetric rank-k update of the upper triangle; see ``TensorScalar``.
  public static func syrk(
    transpose: Bool, n: Int, k: Int, alpha: Float, a: UnsafePointer<Float>, lda: Int,
    beta: Float, c: UnsafeMutablePointer<Float>, ldc: Int
  ) {
    LinearAlgebraLibrary.singleThreaded
    cblas_ssyrk(
      rowMajor, upper, flag(transpose), Int32(n), Int32(k), alpha, a, Int32(lda), beta, c,
      Int32(ldc))
  }

  /// Single-precision matrix-vector product; see ``TensorScalar``.
  public static func gemv(
    transpose: Bool, m: Int, n: Int, alpha: Float, a: UnsafePointer<Float>, lda: Int,
    x: UnsafePointer<Float>, beta: Float, y: UnsafeMutablePointer<Float>
  ) {
    LinearAlgebraLibrary.singleThreaded
    cblas_sgemv(
      rowMajor, flag(transpose), Int32(m), Int32(n), alpha, a, Int32(lda), x, 1, beta, y, 1)
  }
}
