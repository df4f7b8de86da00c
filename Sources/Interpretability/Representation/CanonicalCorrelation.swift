public import Tensors

extension CentredActivations {
  /// Singular-vector canonical correlation (SVCCA): the mean canonical correlation of the directions
  /// that hold most of each layer's variance.
  ///
  /// Between 0 and 1; it does not change under any invertible linear map of the directions that are kept.
  /// Raghu, Gilmer, Yosinski & Sohl-Dickstein (2017),
  /// [arXiv:1706.05806](https://doi.org/10.48550/arXiv.1706.05806).
  ///
  /// - Parameters:
  ///   - other: Activations of the same samples.
  ///   - share: The share of the variance that is kept.
  /// - Returns: The mean of the canonical correlations, as many as the smaller layer keeps directions;
  ///   nil where a layer is constant.
  /// - Throws: `LinearAlgebraError` if the decomposition does not converge.
  public func canonicalCorrelation(
    with other: CentredActivations, keeping share: Double = 0.99
  ) throws(LinearAlgebraError) -> Double? {
    precondition(samples == other.samples, "layers are compared on the same samples")
    guard let x = directions(keeping: share), let y = other.directions(keeping: share) else {
      return nil
    }
    let correlations = try SingularValueDecomposition(x.transposed * y).values
    // Roundings make a correlation of 1 a little larger.
    return correlations.reduce(0) { $0 + min(1, $1) } / Double(correlations.count)
  }

  /// The left singular vectors that hold a share of the variance, shape `[samples, kept]`.
  private func directions(keeping share: Double) -> Matrix<Double>? {
    let variances = decomposition.values.map { $0 * $0 }
    let total = variances.reduce(0, +)
    guard total > 0 else { return nil }
    var kept = 0
    var held = 0.0
    while kept < variances.count && held < share * total {
      held += variances[kept]
      kept += 1
    }
    let width = decomposition.left.columns
    return decomposition.left.withUnsafePointer { u in
      Matrix(
        rows: samples, columns: kept,
        elements: (0..<samples).flatMap { i in (0..<kept).map { u[i * width + $0] } })
    }
  }
}
