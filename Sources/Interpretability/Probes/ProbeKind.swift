/// How a probe's weights are found.
public enum ProbeKind: Sendable, Equatable {
  /// Minimum-norm least squares; singular values below `cutoff` times the largest count as zero.
  case linear(cutoff: Double)

  /// Least squares with a penalty `α‖w‖²`, the intercept free; α is the one of `penalties` with the
  /// smallest generalised cross-validation error, chosen for each target.
  case ridge(penalties: [Double])

  /// Least squares with scikit-learn's cut-off of 1e-6.
  public static let linear = ProbeKind.linear(cutoff: 1e-6)

  /// Ridge over eleven penalties from 1e-8 to 100.
  public static let ridge = ProbeKind.ridge(
    penalties: [1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100])

  /// The name in tables and files.
  public var name: String {
    switch self {
    case .linear: "linear"
    case .ridge: "ridge"
    }
  }
}

extension FactoredDesign {
  /// The probe of a target.
  ///
  /// Generalised cross-validation: Golub, Heath & Wahba (1979),
  /// [doi:10.1080/00401706.1979.10489751](https://doi.org/10.1080/00401706.1979.10489751); α minimises
  /// `m ‖y − ŷ‖² / (m − df)²` with m rows and df degrees of freedom.
  ///
  /// - Parameters:
  ///   - kind: How the weights are found.
  ///   - target: Index of the target.
  /// - Returns: The probe.
  package func probe(_ kind: ProbeKind, target: Int) -> Probe {
    switch kind {
    case .linear(let cutoff):
      let smallest = cutoff * singularValues[0]
      let (weights, intercept) = weights(target) { $0 > smallest && $0 > 0 ? 1 / $0 : 0 }
      return Probe(weights: weights, intercept: intercept)
    case .ridge(let penalties):
      precondition(penalties.allSatisfy { $0 > 0 }, "a penalty is positive")
      var best = (penalty: penalties[0], error: Double.infinity)
      for penalty in penalties {
        let freedom = Double(rows) - degreesOfFreedom(penalty: penalty)
        guard freedom > 0 else { continue }
        let error = residual(target, penalty: penalty) / (freedom * freedom)
        if error < best.error { best = (penalty, error) }
      }
      let (weights, intercept) = weights(target) { $0 / ($0 * $0 + best.penalty) }
      return Probe(weights: weights, intercept: intercept, penalty: best.penalty)
    }
  }
}
