internal import Networks
internal import Tensors

extension ResidualSystem<Double> {
  /// The standard errors of the trained coefficients.
  ///
  /// Of least squares with residuals r and Jacobian J near the solution, an estimate moves by
  /// `−w·Jᵀr` with `w = (JᵀJ)⁻¹ e` for its unit vector e. Taking the residuals for independent and
  /// of the sizes that they have, its variance is `Σᵢ (Jᵢ·w)² rᵢ²`, whatever the terms' weights:
  /// White (1980), [doi:10.2307/1912934](https://doi.org/10.2307/1912934). The network's weights
  /// are estimated along with it, so that what they can explain is no evidence about a coefficient.
  ///
  /// - Parameter parameters: The network's flat parameters, then the coefficients.
  /// - Returns: One number for each coefficient; nil where J leaves them undetermined.
  func coefficientErrors(at parameters: [Double]) -> [Double]? {
    guard !coefficients.isEmpty else { return [] }
    let (residuals, jacobian) = transposedJacobian(at: parameters)
    let (_, gram, _) = normalEquations(at: parameters)
    let count = parameterCount
    // Scaled columns make a ridge mean the same for each parameter.
    let scales = (0..<count).map { max(gram[$0, $0].squareRoot(), 1e-150) }
    var system = Matrix<Double>(rows: count, columns: count)
    for i in 0..<count {
      for j in i..<count {
        let value = gram[i, j] / (scales[i] * scales[j])
        system[i, j] = value
        system[j, i] = value
      }
    }
    guard let factor = Self.ridgeFactor(of: system) else { return nil }
    return coefficients.indices.map { index in
      let place = network.parameterCount + index
      var unit = [Double](repeating: 0, count: count)
      unit[place] = 1
      let solution = factor.solve(unit)
      let weights = zip(solution, scales).map { $0 / ($1 * scales[place]) }
      var leverage = [Double](repeating: 0, count: residualCount)
      for (i, weight) in weights.enumerated() {
        let row = jacobian.row(i)
        for n in leverage.indices { leverage[n] += weight * row[n] }
      }
      return Statistics.sum(
        zip(leverage, residuals).lazy.map { $0 * $0 * $1 * $1 }
      ).squareRoot()
    }
  }

  /// The factor of a matrix with the smallest ridge that lets it be factored.
  ///
  /// Directions in which the network's weights change nothing make the matrix singular to rounding.
  private static func ridgeFactor(of matrix: Matrix<Double>) -> Cholesky? {
    for ridge in [1e-13, 1e-12, 1e-11, 1e-10, 1e-9] {
      var ridged = matrix
      for i in 0..<matrix.rows { ridged[i, i] += ridge }
      if let factor = try? Cholesky(consume ridged) { return factor }
    }
    return nil
  }
}
