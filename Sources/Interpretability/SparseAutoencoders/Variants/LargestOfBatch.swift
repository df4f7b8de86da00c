/// A rule by which the largest preactivations of a whole batch are kept, k for each row on average.
protocol LargestOfBatch: SparsityRule {
  /// Active features of a row on average.
  var k: Int { get }
}

extension LargestOfBatch {
  var batchBudget: Int? { k }
  var ranksFeatures: Bool { true }

  /// Lists what may be among the largest; which of it is, the whole batch decides.
  func activate(
    _ preactivations: UnsafePointer<Float>, _ step: RuleStep, into entries: EntryBlock
  ) {
    entries.appendAbove(preactivations, bound: step.candidateBound, step)
  }
}
