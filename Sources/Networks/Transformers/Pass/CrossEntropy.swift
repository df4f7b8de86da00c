internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a block of sequences adds to a loss: `−Σ log softmax(logits)[target]`.
struct CrossEntropy {
  /// The sum over positions with a target.
  private(set) var sum = 0.0

  /// Number of positions whose greatest logit is the target's; the first one counts among equals.
  private(set) var correct = 0

  /// Adds up a block.
  ///
  /// - Parameters:
  ///   - targets: What is right in each row, nil where nothing is asked for.
  ///   - logits: `[rows, vocabulary]`.
  ///   - vocabulary: Number of tokens.
  ///   - weight: What each position's loss is multiplied by in the adjoint.
  ///   - adjoint: Receives the derivatives of the weighted sum by the logits; nil if not wanted.
  ///   - scratch: `vocabulary` numbers, used where there is no adjoint.
  init<Scalar: TransformerScalar>(
    of targets: ArraySlice<Int?>, logits: UnsafePointer<Scalar>, vocabulary: Int,
    weight: Double = 1, adjoint: UnsafeMutablePointer<Scalar>?,
    scratch: UnsafeMutablePointer<Scalar>
  ) {
    for (row, target) in targets.enumerated() {
      let values = logits + row * vocabulary
      let shares = adjoint.map { $0 + row * vocabulary } ?? scratch
      guard let target else {
        adjoint.map { _ in shares.update(repeating: 0, count: vocabulary) }
        continue
      }
      var best = 0
      for j in 1..<max(1, vocabulary) where values[j] > values[best] { best = j }
      let greatest = values[best]
      for j in 0..<vocabulary { shares[j] = values[j] - greatest }
      Scalar.exponentials(shares, count: vocabulary)
      var total: Scalar = 0
      for j in 0..<vocabulary { total += shares[j] }
      sum += log(Double(total)) - Double(values[target] - greatest)
      if best == target { correct += 1 }
      guard adjoint != nil else { continue }
      let factor = Scalar(weight) / total
      for j in 0..<vocabulary { shares[j] *= factor }
      shares[target] -= Scalar(weight)
    }
  }
}
