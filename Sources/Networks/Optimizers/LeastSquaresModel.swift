public import Tensors

/// A sum of squares to minimise, `f(θ) = ½‖r(θ)‖²`, with its first and second derivatives.
///
/// `r` has ``residualCount`` entries, θ ``parameterCount``; `J = ∂r/∂θ`. No method asks for all of J at
/// once: a model may make it in pieces, so that its memory does not grow with N · P.
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

  /// The residuals with the products of their gradients: `J Jᵀ` (upper triangle, `[N, N]`).
  func sampleProducts(
    at parameters: [Double]
  ) -> (residuals: [Double], gram: Matrix<Double>)

  /// The residuals with the triangular factor of J beside `Qᵀr`.
  func triangularFactor(
    at parameters: [Double]
  ) -> (residuals: [Double], factor: StreamedQR)

  /// `Jᵀ v` for a vector v of length N.
  func pullBack(_ vector: [Double], at parameters: [Double]) -> [Double]

  /// The second derivative `d²/dh² r(θ + h·direction)` at h = 0, of length N.
  func secondDerivative(along direction: [Double], at parameters: [Double]) -> [Double]
}
