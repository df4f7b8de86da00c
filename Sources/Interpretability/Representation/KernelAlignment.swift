internal import Tensors

extension CentredActivations {
  /// Linear centred kernel alignment (CKA): `‖XᵀY‖² / (‖XᵀX‖ ‖YᵀY‖)` in Frobenius norms.
  ///
  /// Between 0 and 1; it does not change when either layer is rotated or scaled as a whole, but does
  /// under other linear maps. Kornblith, Norouzi, Lee & Hinton (2019),
  /// [arXiv:1905.00414](https://doi.org/10.48550/arXiv.1905.00414).
  ///
  /// - Parameter other: Activations of the same samples.
  /// - Returns: The alignment; nil where a layer is constant.
  /// - Complexity: O(samples · width · width of the other).
  public func alignment(with other: CentredActivations) -> Double? {
    precondition(samples == other.samples, "layers are compared on the same samples")
    let product = (matrix.transposed * other.matrix).elements.reduce(0) { $0 + $1 * $1 }
    let norm = kernelNorm * other.kernelNorm
    return norm > 0 ? product / norm : nil
  }

  /// `‖XᵀX‖` in the Frobenius norm.
  private var kernelNorm: Double {
    decomposition.values.reduce(0) { $0 + $1 * $1 * $1 * $1 }.squareRoot()
  }
}
