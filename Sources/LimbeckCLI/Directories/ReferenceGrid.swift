import Limbeck

/// A table of true values whose rows form a grid, in the order in which pictures want them.
struct ReferenceGrid {
  /// Where the rows are.
  let grid: SamplingGrid

  /// The unknowns of the table, the first variable varying fastest.
  let values: [String: [Double]]

  /// Reads a table; nil if its rows are no full grid along one or two variables.
  init?(_ table: Table, _ problem: Problem) {
    guard (1...2).contains(problem.variables.count) else { return nil }
    let columns = problem.variables.compactMap { table[$0.name] }
    guard columns.count == problem.variables.count else { return nil }
    let coordinates = columns.map { Set($0).sorted() }
    guard coordinates.allSatisfy({ $0.count > 1 }),
      coordinates.reduce(1, { $0 * $1.count }) == table.rowCount
    else { return nil }
    let order = (0..<table.rowCount).sorted { left, right in
      for column in columns.reversed() where column[left] != column[right] {
        return column[left] < column[right]
      }
      return left < right
    }
    // As many rows as places: a row that is there twice leaves a place empty.
    let places = coordinates[0]
    guard
      order.enumerated().allSatisfy({ columns[0][$1] == places[$0 % places.count] })
    else { return nil }
    grid = SamplingGrid(
      sides: zip(problem.variables, coordinates).map { .init(name: $0.name, coordinates: $1) })
    values = Dictionary(
      uniqueKeysWithValues: problem.unknowns.compactMap { unknown in
        table[unknown].map { column in (unknown, order.map { column[$0] }) }
      })
  }
}
