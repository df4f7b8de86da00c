public import Networks
public import Tensors

// The second-order view of a system. Only in Double: the normal equations square the condition
// number, and single precision would leave nothing.

extension ResidualSystem: LeastSquaresModel where Scalar == Double {
  /// Number of weights and biases.
  public var parameterCount: Int { network.parameterCount }

  /// Number of residuals, padding included.
  public var residualCount: Int { rowCount }

  /// The residuals with `JᵀJ` and `Jᵀr`.
  ///
  /// - Parameter parameters: The network's flat parameters.
  /// - Returns: r, the upper triangle of `JᵀJ`, and `Jᵀr`.
  /// - Complexity: O(N P²) for the product.
  public func normalEquations(
    at parameters: [Double]
  ) -> (residuals: [Double], gram: Matrix<Double>, gradient: [Double]) {
    let (residuals, jacobian) = transposedJacobian(at: parameters)
    let (p, n) = (parameterCount, residualCount)
    var gram = Matrix<Double>(rows: p, columns: p)
    var gradient = [Double](repeating: 0, count: p)
    jacobian.withUnsafePointer { j in
      Double.gemv(
        transpose: false, m: p, n: n, alpha: 1, a: j, lda: n, x: residuals, beta: 0, y: &gradient)
      gram.withUnsafeMutablePointer { c in
        nonisolated(unsafe) let (c, j) = (c, j)
        // Horizontal strips of the upper triangle: each is one product, whichever thread takes it.
        let height = Self.stripHeight
        parallelFor(count: (p + height - 1) / height, threads: threads) { strip in
          let first = strip * height
          Double.gemm(
            transposeA: false, transposeB: true, m: min(height, p - first), n: p - first, k: n,
            alpha: 1, a: j + first * n, lda: n, b: j + first * n, ldb: n, beta: 0,
            c: c + first * p + first, ldc: p)
        }
      }
    }
    return (residuals, gram, gradient)
  }

  /// The residuals with `Jᵀ`.
  ///
  /// - Parameter parameters: The network's flat parameters.
  /// - Returns: r and `Jᵀ`, of shape `[parameters, residuals]`.
  public func transposedJacobian(
    at parameters: [Double]
  ) -> (residuals: [Double], jacobian: Matrix<Double>) {
    var jacobian = Matrix<Double>(rows: parameterCount, columns: residualCount)
    let residuals = jacobian.withUnsafeMutablePointer {
      fillTransposedJacobian(at: parameters, $0, stride: residualCount)
    }
    return (residuals, jacobian)
  }

  private static var stripHeight: Int { 96 }
}
