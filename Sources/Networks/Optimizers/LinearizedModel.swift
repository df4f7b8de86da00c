internal import Tensors

/// The linear least-squares problem of one Levenberg-Marquardt step, to be solved for one damping after
/// the other: `min ‖J d − r‖² + λ ‖d‖²`.
struct LinearizedModel {
  /// r.
  let residuals: [Double]

  /// `Jᵀr`.
  let gradient: [Double]

  private let system: System
  private let pullBack: (_ vector: [Double]) -> [Double]

  /// What is factored for each damping.
  private enum System {
    /// `JᵀJ + λ I`, of order P.
    case normal(Matrix<Double>)

    /// `J Jᵀ + λ I`, of order N: then `d = Jᵀ (J Jᵀ + λ I)⁻¹ r`.
    case sampleSpace(Matrix<Double>)

    /// `[R; √λ I]` with `J = Q R`.
    case orthogonal(StreamedQR)
  }

  /// How a system is made.
  enum Method: Sendable, Codable {
    /// By products of J with itself, of whichever side is shorter.
    case products

    /// By orthogonal factors: a few times the work for twice the digits. Only where there are at least
    /// as many residuals as parameters.
    case orthogonal
  }

  /// Linearises a model.
  ///
  /// - Parameters:
  ///   - model: The sum of squares.
  ///   - parameters: θ.
  ///   - method: How the system is made.
  init(_ model: some LeastSquaresModel, at parameters: [Double], method: Method) {
    pullBack = { model.pullBack($0, at: parameters) }
    if model.residualCount < model.parameterCount {
      let (residuals, gram) = model.sampleProducts(at: parameters)
      self.residuals = residuals
      gradient = pullBack(residuals)
      system = .sampleSpace(gram)
    } else if method == .orthogonal {
      let (residuals, factor) = model.triangularFactor(at: parameters)
      self.residuals = residuals
      gradient = pullBack(residuals)
      system = .orthogonal(factor)
    } else {
      let gram: Matrix<Double>
      (residuals, gram, gradient) = model.normalEquations(at: parameters)
      system = .normal(gram)
    }
  }

  /// A damping below this is lost in the rounding of `JᵀJ`, and orthogonal factors are worth their work.
  var productRounding: Double {
    let trace: Double
    switch system {
    case .normal(let gram), .sampleSpace(let gram):
      trace = gram.withUnsafePointer { g in
        (0..<gram.rows).reduce(0) { $0 + g[$1 * gram.columns + $1] }
      }
    case .orthogonal(let factor): trace = factor.squaredColumnNorms.reduce(0, +)
    }
    return Double.ulpOfOne * trace
  }

  /// A damped step, and the map from `r_vv` to the acceleration a.
  struct Solution {
    /// d.
    let step: [Double]

    /// `a = (JᵀJ + λ I)⁻¹ Jᵀ r_vv`.
    let correction: (_ secondDerivative: [Double]) -> [Double]
  }

  /// Solves the problem.
  ///
  /// - Parameter damping: λ.
  /// - Returns: The step; nil if rounding left the damped system singular.
  func solution(damping: Double) -> Solution? {
    switch system {
    case .normal(let gram):
      guard let factor = try? Cholesky(gram.addingToDiagonal(damping)) else { return nil }
      return Solution(
        step: factor.solve(gradient), correction: { factor.solve(pullBack($0)) })
    case .sampleSpace(let gram):
      guard let factor = try? Cholesky(gram.addingToDiagonal(damping)) else { return nil }
      return Solution(
        step: pullBack(factor.solve(residuals)), correction: { pullBack(factor.solve($0)) })
    case .orthogonal(let factor):
      guard let damped = factor.damped(by: damping) else { return nil }
      return Solution(
        step: damped.solution, correction: { damped.solveNormal(pullBack($0)) })
    }
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
}
