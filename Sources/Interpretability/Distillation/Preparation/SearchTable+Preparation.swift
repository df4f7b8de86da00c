internal import Symbolic

extension SearchTable {
  /// The table with another target; itself for nil.
  func searching(_ target: [Double]?) throws(SearchError) -> SearchTable {
    guard let target else { return self }
    return try SearchTable(
      variables: variables, columns: columns, targetName: targetName, target: target,
      weights: weights)
  }

  /// The table with some of its columns.
  func selecting(_ chosen: [Int]) throws(SearchError) -> SearchTable {
    try SearchTable(
      variables: chosen.map { variables[$0] }, columns: chosen.map { columns[$0] },
      targetName: targetName, target: target, weights: weights)
  }
}
