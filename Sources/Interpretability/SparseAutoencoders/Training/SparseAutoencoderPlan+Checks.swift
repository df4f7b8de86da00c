extension SparseAutoencoderPlan {
  /// Finds numbers that no training can be done with.
  ///
  /// - Parameter isTranscoder: Whether input and output differ.
  /// - Throws: ``SparseAutoencoderError``.
  func check(isTranscoder: Bool) throws(SparseAutoencoderError) {
    func require(
      _ condition: Bool, _ name: String, _ value: Double, _ expected: String
    ) throws(SparseAutoencoderError) {
      guard condition else { throw .outOfRange(name: name, value: value, expected: expected) }
    }
    try require(featureCount > 0, "features", Double(featureCount), "at least 1")
    try require(samples > 0, "samples", Double(samples), "at least 1")
    try require(batchRows > 0, "batch rows", Double(batchRows), "at least 1")
    try require(
      learningRate > 0 && learningRate.isFinite, "learning rate", learningRate, "above 0")
    if let gradientLimit {
      try require(gradientLimit > 0, "gradient limit", gradientLimit, "above 0")
    }
    if isTied && isTranscoder { throw .tiedTranscoder }
    switch variant {
    case .topK(let rule): try check(k: rule.k)
    case .absTopK(let rule): try check(k: rule.k)
    case .batchTopK(let rule): try check(k: rule.k)
    case .matryoshka(let rule):
      try check(k: rule.k)
      let isIncreasing = zip([0] + rule.ends, rule.ends).allSatisfy { $0 < $1 }
      guard isIncreasing, rule.ends.last == featureCount else {
        throw .invalidEnds(rule.ends, features: featureCount)
      }
    case .relu(let rule):
      try require(
        rule.exponent > 0 && rule.exponent <= 1, "exponent", rule.exponent, "in (0, 1]")
    case .jumpReLU(let rule):
      try require(rule.bandwidth > 0, "bandwidth", rule.bandwidth, "above 0")
      if let threshold = rule.initialThreshold {
        try require(threshold > 0, "initial threshold", threshold, "above 0")
      }
    case .gated: break
    }
  }

  private func check(k: Int) throws(SparseAutoencoderError) {
    guard k > 0 else { throw .outOfRange(name: "k", value: Double(k), expected: "at least 1") }
    guard k < featureCount else { throw .tooManyActive(k: k, features: featureCount) }
  }
}
