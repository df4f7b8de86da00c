/// Levenberg-Marquardt with geodesic acceleration: damped Gauss-Newton steps that follow the
/// curvature of the residuals.
///
/// A step solves `(JᵀJ + λ I) d = Jᵀ r`. With fewer parameters than residuals this *primal* system is
/// factored; with more, the *sample-space* one, `d = Jᵀ (J Jᵀ + λ I)⁻¹ r`, which is the same step. Once λ
/// is lost in the rounding of the primal products, an orthogonal factor of J takes their place: its
/// condition number is not squared, which is worth the last digits. The second derivative `r_vv` of the
/// residuals along d gives a correction a from the same factor, `θ ← θ − d − a/2`, which lets steps be
/// several times longer in a curved valley. A rejected step costs a new factorisation and no new
/// Jacobian.
///
/// Transtrum & Sethna (2012),
/// [doi:10.48550/arXiv.1201.5885](https://doi.org/10.48550/arXiv.1201.5885).
public struct LevenbergMarquardt: Sendable, Codable, Equatable {
  /// λ, added to the diagonal.
  public private(set) var damping: Double

  /// Whether the geodesic term is used.
  public let acceleration: Bool

  private var method = LinearizedModel.Method.products

  /// Keeps the factorisation alive when the model is rank-deficient.
  private static let minimumDamping = 1e-30

  /// Beyond this much damping a step is too short to change anything.
  private static let maximumDamping = 1e8

  /// The largest `‖a‖/‖d‖` for which the expansion along the step is trusted.
  private static let accelerationLimit = 0.75

  /// Starts an optimiser.
  ///
  /// - Parameters:
  ///   - damping: The first λ.
  ///   - acceleration: Whether the geodesic term is used.
  public init(damping: Double = 1e-2, acceleration: Bool = true) {
    self.damping = damping
    self.acceleration = acceleration
  }

  /// Steps once.
  ///
  /// - Parameters:
  ///   - parameters: θ, moved in place if the outcome is ``StepOutcome/accepted``.
  ///   - model: The sum of squares.
  /// - Returns: How it ended.
  /// - Complexity: One Jacobian, O(N P min(N, P)) for its products, and O(min(N, P)³ / 3) per trial.
  public mutating func step(
    _ parameters: inout [Double], model: some LeastSquaresModel
  ) -> StepOutcome {
    let linearized = LinearizedModel(model, at: parameters, method: method)
    let loss = 0.5 * linearized.residuals.dot(linearized.residuals)
    guard loss.isFinite, linearized.gradient.allSatisfy(\.isFinite) else { return .diverged }
    while damping <= Self.maximumDamping {
      if let move = linearized.solution(damping: damping)
        .flatMap({ accelerated($0, model, parameters) })
      {
        let moved = parameters.minus(move.total)
        let residuals = model.residuals(at: moved)
        let newLoss = 0.5 * residuals.dot(residuals)
        // The decrease that the damped linear model promises.
        let predicted =
          0.5 * (damping * move.step.dot(move.step) + move.step.dot(linearized.gradient))
        let gain = predicted > 0 ? (loss - newLoss) / predicted : -1
        if newLoss.isFinite && gain > 1e-3 {
          parameters = moved
          let factor = gain > 0.75 ? 0.2 : gain > 0.5 ? 0.5 : gain < 0.25 ? 2 : 1
          damping = max(Self.minimumDamping, damping * factor)
          chooseMethod(linearized)
          return .accepted
        }
      }
      damping = max(damping, Self.minimumDamping) * 4
    }
    damping = Self.maximumDamping
    return .converged
  }

  /// Chooses how the next step is solved; going back asks for more, so that it does not alternate.
  private mutating func chooseMethod(_ linearized: LinearizedModel) {
    let rounding = linearized.productRounding
    switch method {
    case .products: if damping < rounding { method = .orthogonal }
    case .orthogonal: if damping > 100 * rounding { method = .products }
    }
  }

  /// The step with half its geodesic acceleration, or nil where the expansion is not trusted.
  private func accelerated(
    _ solution: LinearizedModel.Solution, _ model: some LeastSquaresModel, _ parameters: [Double]
  ) -> (step: [Double], total: [Double])? {
    let step = solution.step
    guard acceleration else { return (step, step) }
    let correction = solution.correction(model.secondDerivative(along: step, at: parameters))
    guard correction.norm <= Self.accelerationLimit * step.norm else { return nil }
    return (step, step.moved(along: correction, by: 0.5))
  }
}
