internal import Tensors

/// How many independent observations the residuals of a fit on a grid are worth.
///
/// The error of a trained network is smooth: neighbouring grid points err alike, so a million of them
/// say little more than a few. Standard errors that count them all are far too small, and constants
/// snapped by them would be snapped by faith. With lag-one autocorrelation ρ along each axis, N points
/// are worth `N · Π (1 − ρ)/(1 + ρ)` (Bretherton et al. (1999),
/// [doi:10.1175/1520-0442(1999)012<1990:TENOSD>2.0.CO;2](https://doi.org/10.1175/1520-0442(1999)012%3C1990:TENOSD%3E2.0.CO;2)).
/// The value is at least 1, where a standard error is the bound `‖e‖ · sqrt((JᵀJ)⁻¹ᵢᵢ)` that holds for
/// residuals of any shape.
public enum ResidualCorrelation {
  /// The effective sample size.
  ///
  /// - Parameters:
  ///   - residuals: Residuals on a regular grid, the last axis varying fastest.
  ///   - shape: Number of grid points along each axis; their product is the number of residuals.
  /// - Returns: A number from 1 to the number of residuals.
  public static func effectiveSampleSize(_ residuals: [Double], shape: [Int]) -> Double {
    precondition(shape.reduce(1, *) == residuals.count, "the grid has another size")
    var size = Double(residuals.count)
    var step = residuals.count
    for count in shape {
      step /= count
      guard let correlation = autocorrelation(residuals, step: step, count: count) else { continue }
      let positive = max(0, correlation)
      size *= (1 - positive) / (1 + positive)
    }
    return max(1, size)
  }

  /// Lag-one autocorrelation along one axis, all lines of the grid together.
  private static func autocorrelation(
    _ residuals: [Double], step: Int, count: Int
  ) -> Double? {
    guard count > 1 else { return nil }
    var products = 0.0
    var squares = 0.0
    for i in residuals.indices where (i / step) % count < count - 1 {
      products += residuals[i] * residuals[i + step]
      squares += 0.5 * (residuals[i] * residuals[i] + residuals[i + step] * residuals[i + step])
    }
    return squares > 0 ? products / squares : nil
  }
}
