extension Grammar {
  /// The dimensional analysis that the grammar's units ask for.
  ///
  /// - Parameter table: The table that is searched.
  /// - Returns: The analysis; nil if the grammar names no unit.
  /// - Throws: ``SearchError`` if a unit belongs to no column, or if no formula can have the target's
  ///   dimension because constants are pure numbers.
  package func dimensionalAnalysis(
    of table: SearchTable
  ) throws(SearchError) -> DimensionalAnalysis? {
    if units.isEmpty { return nil }
    let names = table.variables + [table.targetName]
    if let stranger = units.keys.sorted().first(where: { !names.contains($0) }) {
      throw .unitOfNothing(name: stranger.name, columns: names.map(\.name))
    }
    let columns = table.variables.map { units[$0]?.dimension }
    let target = units[table.targetName]?.dimension
    if hasDimensionlessConstants, dimensionalRule == .strict, let target,
      !columns.contains(nil), !target.isProduct(of: columns.compactMap { $0 })
    {
      throw .unreachableDimension(target: table.targetName.name, "\(target)")
    }
    return DimensionalAnalysis(
      columns: columns, target: target, dimensionlessConstants: hasDimensionlessConstants,
      functions: customOperators.map { DefinedFunction($0) })
  }
}
