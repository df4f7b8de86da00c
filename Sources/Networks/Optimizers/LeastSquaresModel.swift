public import Tensors

/// A sum of squares to minimise, `f(θ) = ½‖r(θ)‖²`, with its first and second derivatives.
///
/// `r` has ``residualCount`` entries, θ ``parameterCount``; `J = ∂r/∂θ`.
public protocol LeastSquaresModel {
  /// Number of parameters, P.
  var parameterCount: Int { get }

  /// Number of residuals, N.
  var residualCount: Int { get }

  /// The residuals `r(θ)`, of length N.
  func residuals(at parameters: [Double]) -> [Double]

  /// The residuals with the normal equations: `JᵀJ` (upper triangle, `[P, P]`) and `Jᵀr`.
  func normalEquations(
    at parameters: [Double]
  ) -> (residuals: [Double], gram: Matrix<Double>, gradient: [Double])

  /// The residuals with the transposed Jacobian `Jᵀ`, of shape `[P, N]`.
  func transposedJacobian(
    at parameters: [Double]
  ) -> (residuals: [Double], jacobian: Matrix<Double>)

  /// `Jᵀ v` for a vector v of length N.
  func pullBack(_ vector: [Double], at parameters: [Double]) -> [Double]

  /// The second derivative `d²/dh² r(θ + h·direction)` at h = 0, of length N.
  func secondDerivative(along direction: [Double], at parameters: [Double]) -> [Double]
}
