internal import CVectorMath
internal import Foundation
internal import Tensors

/// Preactivations above a threshold of their feature are features, undiminished; thresholds are learned.
///
/// ```
/// f_j = a_j H(a_j − θ_j)        L = ‖x − x̂‖² + λ Σ_j H(a_j − θ_j)
/// ```
///
/// The penalty counts active features, so that nothing shrinks their size. Along θ the step has no
/// useful derivative; a window of width ε stands in for its delta function,
///
/// ```
/// ∂f_j/∂θ_j = −(θ_j / ε) [|a_j − θ_j| < ε/2]        ∂H/∂θ_j = −(1 / ε) [|a_j − θ_j| < ε/2]
/// ```
///
/// Rajamanoharan et al. (2024), [doi:10.48550/arXiv.2407.14435](https://doi.org/10.48550/arXiv.2407.14435).
/// What is trained is log θ.
public struct JumpReLU: Sendable, Codable, Equatable {
  /// λ, or the number of active features that it should lead to.
  public var penalty: SparsityPenalty?

  /// ε, in the units that are trained on.
  public var bandwidth: Double

  /// What all thresholds start as, positive; nil for what the target's number of features exceeds, or 0.1
  /// without a target.
  public var initialThreshold: Double?

  /// Chooses the penalty.
  ///
  /// - Parameters:
  ///   - penalty: λ, or the number of active features that it should lead to.
  ///   - bandwidth: ε, positive.
  ///   - initialThreshold: What all thresholds start as, positive; nil for what the target's number of
  ///     features exceeds, or 0.1 without a target.
  public init(
    _ penalty: SparsityPenalty, bandwidth: Double = 0.1, initialThreshold: Double? = nil
  ) {
    self.penalty = penalty
    self.bandwidth = bandwidth
    self.initialThreshold = initialThreshold
  }
}

extension JumpReLU: SparsityRule {
  var vectorCount: Int { 2 }

  func initialValue(ofVector vector: Int, bound: Float?) -> Float {
    vector == 1 ? log(initialThreshold.map { Float($0) } ?? bound ?? 0.1) : 0
  }

  /// What is trained is log θ, which an amount of one moves by as much as θ.
  func restraint(bound: Float) -> (vector: Int, amount: Float)? { (1, 1) }

  /// An activation pays where its square exceeds λ.
  func initialCoefficient(bound: Float?) -> Double {
    penalty?.start(Double((bound ?? 0) * (bound ?? 0))) ?? 0
  }

  func prepare(_ parameters: ParameterArray, _ derived: UnsafeMutablePointer<Float>) {
    let logThresholds = parameters.vector(1)
    for j in 0..<parameters.layout.featureCount { derived[j] = exp(logThresholds[j]) }
  }

  func activation(_ parameters: ParameterArray) -> SparseAutoencoder.Activation? {
    .jumpReLU(thresholds: parameters.vectorElements(1).map { exp($0) })
  }

  /// Entries inside the window but below the threshold are listed with the value zero: the threshold's
  /// slope depends on them.
  func activate(
    _ preactivations: UnsafePointer<Float>, _ step: RuleStep, into entries: EntryBlock
  ) {
    let thresholds = step.derived
    entries.appendRow(limit: step.featureCount) { features, values in
      let found = sparseKernels.select_above(
        preactivations, step.featureCount, thresholds, -Float(bandwidth) / 2, features, values)
      for i in 0..<found where values[i] <= thresholds[Int(features[i])] { values[i] = 0 }
      return found
    }
  }

  func differentiate(_ row: RowSlopes, _ step: RuleStep) -> Double {
    let block = row.block
    let (half, inverse) = (Float(bandwidth) / 2, 1 / Float(bandwidth))
    var active = 0
    for entry in row.entries {
      let feature = Int(block.features.pointer[entry])
      let (threshold, slope) = (step.derived[feature], block.slopes.pointer[entry])
      let isActive = block.values.pointer[entry] > 0
      if isActive { active += 1 } else { block.slopes.pointer[entry] = 0 }
      let isInWindow = abs(row.preactivations[feature] - threshold) < half
      // Along log θ a slope is θ times that along θ.
      block.vectorSlopes[0].pointer[entry] =
        isInWindow
        ? -threshold * inverse * (threshold * slope + row.scale / 2 * step.strength) : 0
    }
    return Double(step.strength) * Double(active)
  }
}
