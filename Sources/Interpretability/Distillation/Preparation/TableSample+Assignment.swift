internal import Symbolic

extension TableSample {
  /// Which columns have which roles.
  struct Assignment {
    /// The column to explain.
    let target: Int

    /// The column of the rows' weights.
    let weights: Int?

    /// The columns to explain by.
    let variables: [Int]

    /// Looks names up.
    ///
    /// - Parameters:
    ///   - roles: The roles.
    ///   - names: The names of all columns.
    ///   - path: The table's name in errors.
    /// - Throws: ``DistillationError`` for a name that is no column, or has two roles.
    init(_ roles: Roles, names: [String], path: String) throws(DistillationError) {
      func index(of name: String) throws(DistillationError) -> Int {
        guard let index = names.firstIndex(of: name) else {
          throw DistillationError.noColumn(
            name, path: path, found: names,
            suggestion: Spelling.suggestion(for: name, among: names))
        }
        return index
      }
      let weights: Int? = if let name = roles.weights { try index(of: name) } else { nil }
      let free = names.indices.filter { $0 != weights }
      guard let last = free.last else { throw .unsearchable(path: path, .noColumns) }
      let target = if let name = roles.target { try index(of: name) } else { last }
      var taken: Set<Int> = [target]
      for name in roles.otherTargets { taken.insert(try index(of: name)) }
      var variables = free.filter { !taken.contains($0) }
      if let chosen = roles.variables {
        variables = []
        for name in chosen { variables.append(try index(of: name)) }
      }
      let all = variables + [target] + (weights.map { [$0] } ?? [])
      for (position, column) in all.enumerated() where all[..<position].contains(column) {
        throw .twoRoles(names[column], path: path)
      }
      self.target = target
      self.weights = weights
      self.variables = variables
    }
  }
}
