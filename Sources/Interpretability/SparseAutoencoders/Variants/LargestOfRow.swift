/// A rule by which each row keeps its k largest preactivations.
protocol LargestOfRow: SparsityRule {
  /// Whether negative ones compete by their size; else only positive ones do.
  static var byMagnitude: Bool { get }

  /// Active features of a row.
  var k: Int { get }
}

extension LargestOfRow {
  var ranksFeatures: Bool { true }

  func activate(
    _ preactivations: UnsafePointer<Float>, _ step: RuleStep, into entries: EntryBlock
  ) {
    entries.appendLargest(preactivations, count: k, byMagnitude: Self.byMagnitude, step)
  }
}
