internal import CVectorMath
internal import Tensors

/// AuxK: dead features learn to explain what the live ones leave.
///
/// ```
/// L += α ‖e − ê‖²,   e = x − x̂ (held fixed),   ê = Σ ReLU(top_k(a_dead)) d
/// ```
///
/// Gao et al. (2024), [doi:10.48550/arXiv.2406.04093](https://doi.org/10.48550/arXiv.2406.04093),
/// section 2.4.
struct AuxiliaryLoss: @unchecked Sendable {
  /// The dead features in order.
  let features: [UInt32]

  /// How many of them a row may use.
  let count: Int

  /// α.
  let weight: Float

  /// Adds a row's entries and their slopes.
  ///
  /// - Parameters:
  ///   - block: Where they are appended.
  ///   - preactivations: The row's, one for each feature.
  ///   - residual: `2 (x̂ − x) / rows`.
  ///   - target: Receives the slope of the added loss along ê.
  ///   - row: The row of the residuals that `target` is.
  ///   - parameters: The decoder.
  ///   - scale: Two over the number of rows.
  /// - Returns: The added loss times the number of rows.
  func add(
    to block: EntryBlock, preactivations: UnsafePointer<Float>,
    residual: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>, row: UInt32,
    _ parameters: ParameterArray, scale: Float
  ) -> Double {
    let stride = parameters.layout.outputStride
    let candidates = block.weighted.pointer
    for (i, feature) in features.enumerated() { candidates[i] = preactivations[Int(feature)] }
    block.appendRow(limit: features.count) { chosen, values in
      let found = sparseKernels.select_largest(
        candidates, features.count, count, 0, chosen, values, block.scratch.pointer)
      for i in 0..<found { chosen[i] = features[Int(chosen[i])] }
      return found
    }
    let entries = block.entries(ofRow: block.rowCount - 1)
    let first = entries.lowerBound
    for i in 0..<stride { target[i] = residual[i] / scale }
    sparseKernels.gather_sum(
      entries.count, block.features.pointer + first, block.values.pointer + first,
      parameters.decoder, stride, stride, 1, target)
    let loss = Double(weight) * innerProduct(target, target, count: stride)
    for i in 0..<stride { target[i] *= weight * scale }
    sparseKernels.gather_dots(
      entries.count, block.features.pointer + first, parameters.decoder, stride, stride, target,
      block.slopes.pointer + first)
    for entry in entries { block.residualRows.pointer[entry] = row }
    return loss
  }
}
