package import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A smooth function behind noisy values: a Gaussian process with a squared-exponential kernel that has
/// a length for each variable.
///
/// With inputs `x_i` the values have the covariance `σ² (R + λ I)`, where
/// `R_ij = exp(−½ Σ_d (x_id − x_jd)² / ℓ_d²)`. The lengths ℓ and the share of noise λ maximise the marginal
/// likelihood; σ² is maximised away, `σ² = yᵀ A⁻¹ y / n` with `A = R + λ I`, which leaves
///
///     −log p = ½ n log σ² + ½ log |A|,
///     ∂/∂θ   = ½ tr(A⁻¹ ∂A) − ½ αᵀ ∂A α / σ²,   α = A⁻¹ y
///
/// (Rasmussen and Williams 2006, *Gaussian Processes for Machine Learning*, section 5.4.1,
/// [doi:10.7551/mitpress/3206.001.0001](https://doi.org/10.7551/mitpress/3206.001.0001)).
package struct GaussianProcess: Sendable {
  /// The length of each variable over which the function changes, in its standard deviations.
  package private(set) var lengths: [Double]

  /// The variance of the noise in terms of that of the function.
  package private(set) var noise: Double

  /// Steps of the maximisation; the likelihood is flat long before.
  private static let steps = 60

  private static let lengthRange = 0.03...300.0
  private static let noiseRange = 1e-9...30.0

  /// Chooses lengths and noise for values.
  ///
  /// - Parameters:
  ///   - inputs: The variables, each scaled to a standard deviation of one; shape `[variables][rows]`.
  ///   - target: The values, with a mean of zero.
  /// - Complexity: O(n³) for each of 60 steps; a few hundred rows tell enough.
  package init(fitting inputs: [[Double]], to target: [Double]) {
    lengths = inputs.map { _ in Double(max(1, inputs.count)).squareRoot() }
    noise = 0.1
    // Steps that grow while the sign of the gradient stays and shrink when it changes (iRprop−; Igel
    // and Hüsken 2003, doi:10.1016/S0925-2312(01)00700-7) need no line search.
    var logarithms = (lengths + [noise]).map { log($0) }
    var lengthOfStep = logarithms.map { _ in 0.3 }
    var before = logarithms.map { _ in 0.0 }
    var best = (value: Double.infinity, logarithms: logarithms)
    for _ in 0..<Self.steps {
      set(logarithms)
      guard let (value, gradient) = negativeLogLikelihood(inputs, target) else { break }
      if value < best.value { best = (value, logarithms) }
      for i in logarithms.indices {
        let product = gradient[i] * before[i]
        if product > 0 { lengthOfStep[i] = min(1.2 * lengthOfStep[i], 1) }
        if product < 0 { lengthOfStep[i] = max(0.5 * lengthOfStep[i], 1e-3) }
        before[i] = product < 0 ? 0 : gradient[i]
        logarithms[i] -= before[i] == 0 ? 0 : before[i] > 0 ? lengthOfStep[i] : -lengthOfStep[i]
        let range = i < lengths.count ? Self.lengthRange : Self.noiseRange
        logarithms[i] = min(max(logarithms[i], log(range.lowerBound)), log(range.upperBound))
      }
    }
    set(best.logarithms)
  }

  private mutating func set(_ logarithms: [Double]) {
    lengths = logarithms.dropLast().map { exp($0) }
    noise = exp(logarithms[logarithms.count - 1])
  }

  /// The correlations of rows with other rows.
  ///
  /// - Parameters:
  ///   - left: Variables of the rows of the matrix.
  ///   - right: Variables of its columns.
  /// - Returns: Shape `[left rows, right rows]`.
  package func correlations(_ left: [[Double]], _ right: [[Double]]) -> Matrix<Double> {
    let rows = left.first?.count ?? 0
    let columns = right.first?.count ?? 0
    var result = Matrix<Double>(rows: rows, columns: columns)
    result.withUnsafeMutablePointer { elements in
      for (d, length) in lengths.enumerated() {
        let scale = 0.5 / (length * length)
        for i in 0..<rows {
          let row = elements + i * columns
          let x = left[d][i]
          for j in 0..<columns {
            let distance = x - right[d][j]
            row[j] -= scale * distance * distance
          }
        }
      }
      for index in 0..<rows * columns { elements[index] = exp(elements[index]) }
    }
    return result
  }

  /// The factor of `R + λ I`.
  package func factor(_ inputs: [[Double]]) -> Cholesky? {
    var matrix = correlations(inputs, inputs)
    for i in 0..<matrix.rows { matrix[i, i] += noise }
    return try? Cholesky(matrix)
  }

  private func negativeLogLikelihood(
    _ inputs: [[Double]], _ target: [Double]
  ) -> (value: Double, gradient: [Double])? {
    let correlation = correlations(inputs, inputs)
    let n = target.count
    guard let factor = factor(inputs) else { return nil }
    let weights = factor.solve(target)
    let variance = zip(target, weights).reduce(0) { $0 + $1.0 * $1.1 } / Double(n)
    guard variance > 0, variance.isFinite else { return nil }
    let inverse = factor.inverse
    var logarithm = 0.0
    for i in 0..<n { logarithm += log(factor.factor[i, i]) }
    var gradient = lengths.map { _ in 0.0 } + [0.0]
    for i in 0..<n {
      gradient[lengths.count] +=
        0.5 * noise * (inverse[i, i] - weights[i] * weights[i] / variance)
    }
    correlation.withUnsafePointer { r in
      inverse.withUnsafePointer { a in
        for (d, length) in lengths.enumerated() {
          let scale = 1 / (length * length)
          var sum = 0.0
          for i in 0..<n {
            for j in 0..<i {
              let distance = inputs[d][i] - inputs[d][j]
              let slope = r[i * n + j] * distance * distance * scale
              sum += (a[i * n + j] - weights[i] * weights[j] / variance) * slope
            }
          }
          gradient[d] = sum
        }
      }
    }
    return (0.5 * Double(n) * log(variance) + logarithm, gradient)
  }

  /// What each value is beside its prediction from all others, `α_i / (A⁻¹)_ii`.
  ///
  /// - Parameters:
  ///   - inputs: The variables.
  ///   - target: The values, with a mean of zero.
  /// - Returns: The residuals; the values themselves if the matrix cannot be factored.
  package func leaveOneOutResiduals(_ inputs: [[Double]], _ target: [Double]) -> [Double] {
    guard let factor = factor(inputs) else { return target }
    let weights = factor.solve(target)
    let inverse = factor.inverse
    return target.indices.map { weights[$0] / inverse[$0, $0] }
  }
}
