internal import Foundation

/// The self-scaled Broyden method: a quasi-Newton method of the whole inverse Hessian whose updates
/// shrink curvature that was estimated too large.
///
/// With `s = Δθ`, `y = Δ∇f` and the inverse Hessian H, whose inverse is B, an update is
///
/// ```
/// H ← (H − H y yᵀH / yᵀHy + φ yᵀHy v vᵀ) / τ + s sᵀ / yᵀs,    v = s / yᵀs − H y / yᵀHy
/// b = sᵀBs / yᵀs    h = yᵀHy / yᵀs    a = b h − 1    ρ⁻ = min(1, h (1 − √(a / (1 + a))))
/// θ = max((ρ⁻ − 1) / a, min(1 / ρ⁻, (1 − b) / b))     φ = (1 − θ) / (1 + a θ)    σ = 1 + a θ
/// τ = min(1, 1 / b) · min(σ^(1/(1−P)), 1 / θ)         for θ > 0
/// τ = min(min(1, 1 / b) · σ^(1/(1−P)), σ)             for θ ≤ 0
/// ```
///
/// φ = 1 and τ = 1 would be BFGS. On the losses of physics-informed networks, whose Hessians have
/// eigenvalues over many orders, the scaling makes the difference between 1e-4 and 1e-8. Memory is P²
/// numbers and a step costs O(P²), without any sum over points: cheaper than Levenberg-Marquardt where
/// both points and parameters are many.
///
/// Al-Baali (1998), [doi:10.1023/A:1018315205474](https://doi.org/10.1023/A:1018315205474); Urbán,
/// Stefanou & Pons (2025), [doi:10.1016/j.jcp.2024.113656](https://doi.org/10.1016/j.jcp.2024.113656).
public struct SelfScaledBroyden: GradientOptimizer {
  /// The length of the last line search, 1 for a full quasi-Newton step.
  public private(set) var pace = 1.0

  private var inverse: InverseHessian?
  private var value: Double?
  @PackedNumbers private var gradient: [Double] = []

  /// Starts with a multiple of the unit matrix.
  public init() {}

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - parameters: θ, moved in place if the outcome is ``StepOutcome/accepted``.
  ///   - objective: f.
  /// - Returns: How it ended.
  public mutating func step(
    _ parameters: inout [Double], objective: some Objective
  ) -> StepOutcome {
    let here =
      value.map { ObjectiveValue(value: $0, gradient: gradient) }
      ?? objective.evaluate(at: parameters)
    guard here.isFinite else { return .diverged }
    while true {
      let direction = (inverse?.times(here.gradient) ?? here.gradient).scaled(by: -1)
      let search = WolfeLineSearch(from: parameters, here, along: direction)
      let first = inverse == nil ? min(1, 1 / max(direction.norm, .leastNormalMagnitude)) : 1
      if let found = search.place(first: first, objective) {
        update(
          found.parameters.minus(parameters), found.point.gradient.minus(here.gradient),
          length: found.length, gradient: here.gradient)
        parameters = found.parameters
        value = found.point.value
        gradient = found.point.gradient
        pace = found.length
        return .accepted
      }
      guard inverse != nil else { return .converged }
      inverse = nil
    }
  }

  /// Forgets the value, keeps the curvature.
  public mutating func objectiveChanged() {
    value = nil
    gradient = []
  }

  /// Takes a change of the gradient into the inverse Hessian.
  ///
  /// - Parameters:
  ///   - step: s.
  ///   - change: y.
  ///   - length: The line search's α; `s = −α H ∇f` makes `sᵀBs = −α sᵀ∇f`.
  ///   - gradient: ∇f before the step.
  private mutating func update(
    _ step: [Double], _ change: [Double], length: Double, gradient: [Double]
  ) {
    let product = step.dot(change)
    guard product > 1e-16 * step.norm * change.norm else { return }
    guard inverse != nil else {
      // The first pair tells the scale of the curvature, and nothing more than its own direction.
      var first = InverseHessian(count: step.count, diagonal: product / change.dot(change))
      let image = first.times(change)
      first.update(step, image, product, change.dot(image), phi: 1, tau: 1)
      inverse = first
      return
    }
    let image = inverse?.times(change) ?? change
    let curvature = change.dot(image)
    let (b, h) = (-length * step.dot(gradient) / product, curvature / product)
    // By Cauchy and Schwarz b h ≥ 1; rounding may take it below.
    let a = max(b * h - 1, 1e-15)
    let rho = min(1, h * (1 - (a / (1 + a)).squareRoot()))
    let theta = max((rho - 1) / a, min(1 / rho, (1 - b) / b))
    let sigma = 1 + a * theta
    let root = pow(sigma, 1 / (1 - Double(max(2, step.count))))
    let scale = min(1, 1 / b)
    let tau = theta > 0 ? scale * min(root, 1 / theta) : min(scale * root, sigma)
    let phi = (1 - theta) / sigma
    guard tau.isFinite, tau > 0, phi.isFinite else { return }
    inverse?.update(step, image, product, curvature, phi: phi, tau: tau)
  }
}
