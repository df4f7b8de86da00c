internal import CVectorMath
internal import Tensors

extension EntryBlock {
  /// Appends the largest preactivations of a row.
  ///
  /// Where decoder rows have norms of their own, features compete by the size of what they
  /// contribute, `a_j ‖d_j‖`.
  ///
  /// - Parameters:
  ///   - preactivations: One for each feature.
  ///   - count: How many are wanted.
  ///   - byMagnitude: Whether negative ones compete by their size; else only positive ones do.
  ///   - step: The decoder's norms.
  func appendLargest(
    _ preactivations: UnsafePointer<Float>, count: Int, byMagnitude: Bool, _ step: RuleStep
  ) {
    let featureCount = step.featureCount
    var candidates = preactivations
    if let norms = step.norms {
      for j in 0..<featureCount { weighted.pointer[j] = preactivations[j] * norms[j] }
      candidates = UnsafePointer(weighted.pointer)
    }
    appendRow(limit: featureCount) { features, values in
      let found = sparseKernels.select_largest(
        candidates, featureCount, count, byMagnitude ? 1 : 0, features, values, scratch.pointer)
      if step.norms != nil {
        for i in 0..<found { values[i] = preactivations[Int(features[i])] }
      }
      return found
    }
  }
}

extension EntryBlock {
  /// The size by which an entry competes with those of the whole batch.
  func rank(_ entry: Int, _ step: RuleStep) -> Float {
    let value = values.pointer[entry]
    guard let norms = step.norms else { return value }
    return value * norms[Int(features.pointer[entry])]
  }
}

extension EntryBlock {
  /// Appends the preactivations of a row above a bound; where decoder rows have norms of their own and
  /// features compete, it is what they contribute that is compared.
  func appendAbove(_ preactivations: UnsafePointer<Float>, bound: Float, _ step: RuleStep) {
    let featureCount = step.featureCount
    guard bound > 0, let norms = step.norms else {
      return appendRow(limit: featureCount) { features, values in
        sparseKernels.select_above(preactivations, featureCount, nil, bound, features, values)
      }
    }
    for j in 0..<featureCount { weighted.pointer[j] = preactivations[j] * norms[j] }
    appendRow(limit: featureCount) { features, values in
      let found = sparseKernels.select_above(
        weighted.pointer, featureCount, nil, bound, features, values)
      for i in 0..<found { values[i] = preactivations[Int(features[i])] }
      return found
    }
  }
}
