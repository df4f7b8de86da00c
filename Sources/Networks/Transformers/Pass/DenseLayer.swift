internal import Tensors

extension TransformerLayout.Dense {
  /// `y = x Wᵀ + b` for rows of inputs.
  ///
  /// - Parameters:
  ///   - x: `[rows, inputs]`.
  ///   - rows: Number of rows.
  ///   - parameters: The flat parameters.
  ///   - y: `[rows, outputs]`.
  func apply<Scalar: TransformerScalar>(
    to x: UnsafePointer<Scalar>, rows: Int, parameters: UnsafePointer<Scalar>,
    into y: UnsafeMutablePointer<Scalar>
  ) {
    for row in 0..<rows {
      (y + row * outputs).update(from: parameters + bias, count: outputs)
    }
    Scalar.gemm(
      transposeA: false, transposeB: true, m: rows, n: outputs, k: inputs, alpha: 1, a: x,
      lda: inputs, b: parameters + weight, ldb: inputs, beta: 1, c: y, ldc: outputs)
  }

  /// The reverse of ``apply(to:rows:parameters:into:)``.
  ///
  /// - Parameters:
  ///   - adjoint: Derivatives by y.
  ///   - x: The inputs.
  ///   - rows: Number of rows.
  ///   - parameters: The flat parameters.
  ///   - gradient: Receives the derivatives by W and b, added.
  ///   - result: Receives the derivatives by x.
  func reverse<Scalar: TransformerScalar>(
    _ adjoint: UnsafePointer<Scalar>, input x: UnsafePointer<Scalar>, rows: Int,
    parameters: UnsafePointer<Scalar>, gradient: UnsafeMutablePointer<Scalar>,
    into result: UnsafeMutablePointer<Scalar>
  ) {
    Scalar.gemm(
      transposeA: true, transposeB: false, m: outputs, n: inputs, k: rows, alpha: 1, a: adjoint,
      lda: outputs, b: x, ldb: inputs, beta: 1, c: gradient + weight, ldc: inputs)
    let sums = gradient + bias
    for row in 0..<rows {
      let values = adjoint + row * outputs
      for j in 0..<outputs { sums[j] += values[j] }
    }
    Scalar.gemm(
      transposeA: false, transposeB: false, m: rows, n: inputs, k: outputs, alpha: 1, a: adjoint,
      lda: outputs, b: parameters + weight, ldb: inputs, beta: 0, c: result, ldc: inputs)
  }
}
