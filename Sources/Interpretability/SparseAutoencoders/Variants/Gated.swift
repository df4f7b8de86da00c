internal import CVectorMath
internal import Foundation
internal import Tensors

/// One half of the encoder decides whether a feature is active, the other how strongly.
///
/// ```
/// π = a        f_j = H(π_j) ReLU(e^{r_j} π_j + c_j)
/// L = ‖x − x̂(f)‖² + λ Σ_j ReLU(π_j) ‖d_j‖ + ‖x − x̂'(ReLU(π))‖²
/// ```
///
/// The penalty acts on the decision alone, and x̂', with a decoder that is held fixed, gives the decision
/// a slope: so sizes do not shrink. Both halves share their directions up to the gains e^r.
/// Rajamanoharan et al. (2024), [doi:10.48550/arXiv.2404.16014](https://doi.org/10.48550/arXiv.2404.16014);
/// their magnitude bias is c plus e^r times the encoder's bias.
public struct Gated: Sendable, Codable, Equatable {
  /// λ, or the number of active features that it should lead to.
  public var penalty: SparsityPenalty?

  /// Chooses the penalty.
  ///
  /// - Parameter penalty: λ, or the number of active features that it should lead to.
  public init(_ penalty: SparsityPenalty) { self.penalty = penalty }
}

extension Gated: SparsityRule {
  var vectorCount: Int { 3 }

  /// Gates open where preactivations exceed the bound; magnitudes are those of the preactivations.
  func initialValue(ofVector vector: Int, bound: Float?) -> Float {
    switch vector {
    case 0: -(bound ?? 0)
    case 1: bound ?? 0
    default: 0
    }
  }

  func restraint(bound: Float) -> (vector: Int, amount: Float)? { (0, -bound) }

  /// A soft threshold of λ/2 does part of what the bias does in the beginning.
  func initialCoefficient(bound: Float?) -> Double {
    penalty?.start(0.5 * Double(bound ?? 0)) ?? 0
  }

  func prepare(_ parameters: ParameterArray, _ derived: UnsafeMutablePointer<Float>) {
    let logGains = parameters.vector(2)
    for j in 0..<parameters.layout.featureCount { derived[j] = exp(logGains[j]) }
  }

  func activation(_ parameters: ParameterArray) -> SparseAutoencoder.Activation? {
    .gated(offsets: parameters.vectorElements(1), logGains: parameters.vectorElements(2))
  }

  func activate(
    _ preactivations: UnsafePointer<Float>, _ step: RuleStep, into entries: EntryBlock
  ) {
    let offsets = step.parameters.vector(1)
    entries.appendRow(limit: step.featureCount) { features, values in
      let found = sparseKernels.select_above(
        preactivations, step.featureCount, nil, 0, features, values)
      for i in 0..<found {
        let feature = Int(features[i])
        values[i] = max(0, step.derived[feature] * values[i] + offsets[feature])
      }
      return found
    }
  }

  func differentiate(_ row: RowSlopes, _ step: RuleStep) -> Double {
    let block = row.block
    let layout = step.parameters.layout
    let (stride, count, first) = (layout.outputStride, row.entries.count, row.entries.lowerBound)
    let features = block.features.pointer + first
    // The decision's own reconstruction.
    let residual = block.room(for: stride + 2 * count)
    let (gates, gateSlopes) = (residual + stride, residual + stride + count)
    residual.update(repeating: 0, count: stride)
    for i in 0..<layout.outputWidth { residual[i] = step.parameters.outputBias[i] - row.target[i] }
    for i in 0..<count { gates[i] = row.preactivations[Int(features[i])] }
    sparseKernels.gather_sum(
      count, features, gates, step.parameters.decoder, stride, stride, 1, residual)
    let error = innerProduct(residual, residual, count: stride)
    sparseKernels.gather_dots(
      count, features, step.parameters.decoder, stride, stride, residual, gateSlopes)

    var activity = 0.0
    for i in 0..<count {
      let (entry, feature) = (first + i, Int(features[i]))
      let norm = step.norms?[feature] ?? 1
      activity += Double(gates[i] * norm)
      let isPositive = block.values.pointer[entry] > 0
      let slope = isPositive ? block.slopes.pointer[entry] : 0
      let gain = step.derived[feature]
      block.vectorSlopes[0].pointer[entry] = slope
      block.vectorSlopes[1].pointer[entry] = slope * gain * gates[i]
      block.slopes.pointer[entry] =
        slope * gain + row.scale * gateSlopes[i] + row.scale / 2 * step.strength * norm
    }
    return error + Double(step.strength) * activity
  }
}
