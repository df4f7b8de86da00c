/// The element types of matrices and networks: `Float` for bulk work, `Double` for physics.
///
/// The requirements are whole kernels rather than single operations, so that generic code pays one
/// dynamic call for thousands of elements and the kernels themselves stay concrete.
public protocol TensorScalar: BinaryFloatingPoint, BitwiseCopyable, Sendable, Codable
where RawSignificand: FixedWidthInteger {
  /// `c ← α·op(a)·op(b) + β·c` for row-major matrices; see `gemm(_:_:into:)` for the safe form.
  static func gemm(
    transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Self,
    a: UnsafePointer<Self>, lda: Int, b: UnsafePointer<Self>, ldb: Int, beta: Self,
    c: UnsafeMutablePointer<Self>, ldc: Int)

  /// Upper triangle of `c ← α·op(a)·op(a)ᵀ + β·c`, row-major, `c` of order `n`.
  static func syrk(
    transpose: Bool, n: Int, k: Int, alpha: Self, a: UnsafePointer<Self>, lda: Int, beta: Self,
    c: UnsafeMutablePointer<Self>, ldc: Int)

  /// `y ← α·op(a)·x + β·y`, `a` row-major of shape `[m, n]`.
  static func gemv(
    transpose: Bool, m: Int, n: Int, alpha: Self, a: UnsafePointer<Self>, lda: Int,
    x: UnsafePointer<Self>, beta: Self, y: UnsafeMutablePointer<Self>)
}
