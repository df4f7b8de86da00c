internal import CVectorMath
internal import Foundation
internal import Tensors

/// Positive preactivations are features, and the loss punishes their size.
///
/// ```
/// f = ReLU(a)        L = ‖x − x̂‖² + λ Σ_j (f_j ‖d_j‖)^p
/// ```
///
/// p = 1 is the usual L1 penalty: Cunningham et al. (2023),
/// [doi:10.48550/arXiv.2309.08600](https://doi.org/10.48550/arXiv.2309.08600), with the decoder's norms
/// in the penalty as in Conerly et al.
/// (2024, [transformer-circuits.pub](https://transformer-circuits.pub/2024/april-update)). A smaller p
/// punishes large activations less, and so shrinks them less; near zero, where its slope has no bound,
/// the power is taken of `f ‖d‖ + 0.001`.
public struct PenalizedReLU: Sendable, Codable, Equatable {
  /// λ, or the number of active features that it should lead to.
  public var penalty: SparsityPenalty?

  /// p, above zero and at most one.
  public var exponent: Double

  /// Chooses the penalty.
  ///
  /// - Parameters:
  ///   - penalty: λ, or the number of active features that it should lead to.
  ///   - exponent: p, above zero and at most one.
  public init(_ penalty: SparsityPenalty, exponent: Double = 1) {
    self.penalty = penalty
    self.exponent = exponent
  }

  /// What is added to an activation before a power of it is taken.
  private var shift: Float { exponent == 1 ? 0 : 1e-3 }
}

extension PenalizedReLU: SparsityRule {
  func initialValue(ofVector vector: Int, bound: Float?) -> Float { -(bound ?? 0) }

  func restraint(bound: Float) -> (vector: Int, amount: Float)? { (0, -bound) }

  /// A soft threshold of λ/2 does part of what the bias does in the beginning.
  func initialCoefficient(bound: Float?) -> Double {
    penalty?.start(0.2 * Double(bound ?? 0)) ?? 0
  }

  func activation(_ parameters: ParameterArray) -> SparseAutoencoder.Activation? { .relu }

  func activate(
    _ preactivations: UnsafePointer<Float>, _ step: RuleStep, into entries: EntryBlock
  ) {
    entries.appendAbove(preactivations, bound: 0, step)
  }

  func differentiate(_ row: RowSlopes, _ step: RuleStep) -> Double {
    let (features, values) = (row.block.features.pointer, row.block.values.pointer)
    var sum = 0.0
    for entry in row.entries {
      let norm = step.norms?[Int(features[entry])] ?? 1
      let size = values[entry] * norm + shift
      sum += Double(power(size, Float(exponent)) - power(shift, Float(exponent)))
      row.block.slopes.pointer[entry] +=
        row.scale / 2 * step.strength * norm * steepness(size)
    }
    return Double(step.strength) * sum
  }

  func normSlope(_ value: Float, norm: Float, strength: Float) -> Float {
    strength * value * steepness(value * norm + shift)
  }

  /// The derivative of the power.
  private func steepness(_ size: Float) -> Float {
    exponent == 1 ? 1 : Float(exponent) * pow(size, Float(exponent) - 1)
  }

  private func power(_ size: Float, _ exponent: Float) -> Float {
    exponent == 1 ? size : pow(size, exponent)
  }
}
