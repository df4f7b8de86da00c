/// Numbers with a name for each row and column.
public struct NamedTable: Sendable, Equatable {
  /// Names from top to bottom.
  public let rows: [String]

  /// Names from left to right.
  public let columns: [String]

  /// One array for each row with one number for each column; NaN for none.
  public let values: [[Double]]

  /// Names numbers.
  ///
  /// - Parameters:
  ///   - rows: Names from top to bottom; at least one.
  ///   - columns: Names from left to right; at least one.
  ///   - values: One array for each row with one number for each column; NaN for none.
  public init(rows: [String], columns: [String], values: [[Double]]) {
    precondition(
      values.count == rows.count && values.allSatisfy { $0.count == columns.count }
        && !rows.isEmpty && !columns.isEmpty, "a table has one number for each name")
    self.rows = rows
    self.columns = columns
    self.values = values
  }
}
