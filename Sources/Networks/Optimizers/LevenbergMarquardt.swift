internal import Tensors

/// Levenberg-Marquardt with geodesic acceleration: damped Gauss-Newton steps that follow the
/// curvature of the residuals.
///
/// A step solves `(JᵀJ + λ I) d = Jᵀ r`. With fewer parameters than residuals this *primal* system is
/// factored; with more, the *sample-space* one, `d = Jᵀ (J Jᵀ + λ I)⁻¹ r`, which is the same step. The
/// second derivative `r_vv` of the residuals along d gives a correction a from the same factor,
/// `θ ← θ − d − a/2`, which lets steps be several times longer in a curved valley. A rejected step
/// costs a new factorisation and no new Jacobian.
///
/// Transtrum & Sethna (2012),
/// [doi:10.48550/arXiv.1201.5885](https://doi.org/10.48550/arXiv.1201.5885).
public struct LevenbergMarquardt: Sendable, Codable, Equatable {
  /// λ, added to the diagonal.
  public private(set) var damping: Double

  /// Whether the geodesic term is used.
  public let acceleration: Bool

  /// Keeps the factorisation alive when the model is rank-deficient.
  private static let minimumDamping = 1e-18

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

  /// How an attempt to step ended.
  public enum Outcome: Sendable, Equatable {
    /// The loss `½‖r‖²` fell to `loss` after some refused trials.
    case accepted(loss: Double, rejections: Int)

    /// No damping gave a lower loss: the parameters are at a minimum to working precision.
    case converged

    /// The residuals or their derivatives are not finite.
    case diverged
  }

  /// Steps once.
  ///
  /// - Parameters:
  ///   - parameters: θ, moved in place if the outcome is ``Outcome/accepted(loss:rejections:)``.
  ///   - model: The sum of squares.
  /// - Returns: How it ended.
  /// - Complexity: One Jacobian, O(N P min(N, P)) for its products, and O(min(N, P)³ / 3) per trial.
  public mutating func step(
    _ parameters: inout [Double], model: some LeastSquaresModel
  ) -> Outcome {
    model.residualCount < model.parameterCount
      ? stepInSampleSpace(&parameters, model) : stepPrimal(&parameters, model)
  }

  private mutating func stepPrimal(
    _ parameters: inout [Double], _ model: some LeastSquaresModel
  ) -> Outcome {
    let (residuals, gram, gradient) = model.normalEquations(at: parameters)
    let point = parameters
    return tryDampings(&parameters, model, residuals, gradient) { damping in
      guard let factor = try? Cholesky(gram.addingToDiagonal(damping)) else { return nil }
      return Trial(
        step: factor.solve(gradient),
        correction: { factor.solve(model.pullBack($0, at: point)) })
    }
  }

  private mutating func stepInSampleSpace(
    _ parameters: inout [Double], _ model: some LeastSquaresModel
  ) -> Outcome {
    let (residuals, jacobian) = model.transposedJacobian(at: parameters)
    let gram = jacobian.gram
    return tryDampings(&parameters, model, residuals, jacobian.multiplying(residuals)) { damping in
      guard let factor = try? Cholesky(gram.addingToDiagonal(damping)) else { return nil }
      return Trial(
        step: jacobian.multiplying(factor.solve(residuals)),
        correction: { jacobian.multiplying(factor.solve($0)) })
    }
  }

  /// A damped step d, and the map from `r_vv` to the acceleration a.
  private struct Trial {
    let step: [Double]
    let correction: (_ secondDerivative: [Double]) -> [Double]
  }

  private mutating func tryDampings(
    _ parameters: inout [Double], _ model: some LeastSquaresModel, _ residuals: [Double],
    _ gradient: [Double], propose: (_ damping: Double) -> Trial?
  ) -> Outcome {
    let loss = 0.5 * Self.squaredNorm(residuals)
    guard loss.isFinite, gradient.allSatisfy(\.isFinite) else { return .diverged }
    var rejections = 0
    while damping <= Self.maximumDamping {
      if let move = propose(damping).flatMap({ accelerated($0, model, parameters) }) {
        let moved = zip(parameters, move.total).map { $0 - $1 }
        let newLoss = 0.5 * Self.squaredNorm(model.residuals(at: moved))
        // The decrease that the damped linear model promises.
        let predicted =
          0.5
          * Statistics.sum(
            zip(move.step, gradient).lazy.map { [damping] in
              $0 * (damping * $0 + $1)
            })
        let gain = predicted > 0 ? (loss - newLoss) / predicted : -1
        if newLoss.isFinite && gain > 1e-3 {
          parameters = moved
          let factor = gain > 0.75 ? 0.2 : gain > 0.5 ? 0.5 : gain < 0.25 ? 2 : 1
          damping = max(Self.minimumDamping, damping * factor)
          return .accepted(loss: newLoss, rejections: rejections)
        }
      }
      damping = max(damping, Self.minimumDamping) * 4
      rejections += 1
    }
    damping = Self.maximumDamping
    return .converged
  }

  /// The step with half its geodesic acceleration, or nil where the expansion is not trusted.
  private func accelerated(
    _ trial: Trial, _ model: some LeastSquaresModel, _ parameters: [Double]
  ) -> (step: [Double], total: [Double])? {
    guard acceleration else { return (trial.step, trial.step) }
    let correction = trial.correction(model.secondDerivative(along: trial.step, at: parameters))
    let ratio = Self.squaredNorm(correction) / Self.squaredNorm(trial.step)
    guard ratio.squareRoot() <= Self.accelerationLimit else { return nil }
    return (trial.step, zip(trial.step, correction).map { $0 + 0.5 * $1 })
  }

  private static func squaredNorm(_ vector: [Double]) -> Double {
    Statistics.sum(vector.lazy.map { $0 * $0 })
  }
}

extension Matrix<Double> {
  /// The matrix with a number added to each diagonal element.
  fileprivate func addingToDiagonal(_ value: Double) -> Matrix {
    var result = self
    result.withUnsafeMutablePointer { p in
      for i in 0..<rows { p[i * columns + i] += value }
    }
    return result
  }

  /// The product with a vector of length `columns`.
  fileprivate func multiplying(_ vector: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: rows)
    withUnsafePointer { a in
      Double.gemv(
        transpose: false, m: rows, n: columns, alpha: 1, a: a, lda: columns, x: vector, beta: 0,
        y: &result)
    }
    return result
  }
}
