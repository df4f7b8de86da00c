internal import Foundation

/// How a probe's weights are found.
public enum ProbeKind: Sendable, Equatable {
  /// Minimum-norm least squares; singular values below `cutoff` times the largest count as zero.
  case linear(cutoff: Double)

  /// Least squares with a penalty `α‖w‖²`, the intercept free; α is the one of `penalties` with the
  /// smallest generalised cross-validation error, chosen for each target. Relative ones are in units of the
  /// square of the largest singular value.
  case ridge(penalties: [Double], areRelative: Bool = false)

  /// Least squares with scikit-learn's cut-off of 1e-6.
  public static let linear = ProbeKind.linear(cutoff: 1e-6)

  /// Ridge over penalties a decade apart, from 1e-20 to 1 of the square of the largest singular value.
  ///
  /// So a probe reads the same in whatever units activations come. The smallest penalty spares directions
  /// down to 1e-10 of the strongest, and leaves the choice to cross-validation even for layers that are
  /// known to 16 digits.
  public static let ridge = ProbeKind.ridge(
    penalties: (-20...0).map { pow(10, Double($0)) }, areRelative: true)

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
    case .ridge(let penalties, let areRelative):
      precondition(penalties.allSatisfy { $0 > 0 }, "a penalty is positive")
      let strongest = singularValues[0] * singularValues[0]
      let unit = areRelative && strongest > 0 ? strongest : 1
      var best = (penalty: unit * penalties[0], error: Double.infinity)
      for penalty in penalties.map({ unit * $0 }) {
        let freedom = freedom(penalty: penalty)
        guard freedom > 0 else { continue }
        let error = residual(target, penalty: penalty) / (freedom * freedom)
        if error < best.error { best = (penalty, error) }
      }
      let (weights, intercept) = weights(target) { $0 / ($0 * $0 + best.penalty) }
      return Probe(weights: weights, intercept: intercept, penalty: best.penalty)
    }
  }
}
