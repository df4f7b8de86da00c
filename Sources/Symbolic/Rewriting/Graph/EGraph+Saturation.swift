extension EGraph {
  /// Applies all laws and rules to everything, over and over, until nothing new comes or a limit is
  /// reached.
  ///
  /// - Parameters:
  ///   - rules: The identities to apply.
  ///   - rounds: The most rounds; identities worth finding seldom need more than five.
  mutating func saturate(_ rules: [RewriteRule], rounds: Int) {
    for _ in 0..<rounds {
      let size = nodeCount
      let usable = rules.filter { $0.functions.isSubset(of: functions) }
      for id in representatives {
        for node in self[id].nodes {
          for equal in laws(for: node) { merge(equal, id) }
          for rule in usable { for equal in apply(rule, to: node) { merge(equal, id) } }
        }
        if isFull { break }
      }
      let hasMerged = rebuild()
      if isFull || (!hasMerged && nodeCount == size) { break }
    }
  }
}
