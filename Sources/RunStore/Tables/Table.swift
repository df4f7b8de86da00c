/// Named columns of numbers, one row a sample, all finite.
///
/// ```swift
/// let table = try Table(contentsOf: "measurements.csv")
/// let target = table.columns[table.names.count - 1]
/// ```
public struct Table: Sendable, Equatable {
  /// The names of the columns, all different.
  public let names: [String]

  /// The columns; shape `[columns][rows]`.
  public let columns: [[Double]]

  /// The number of rows, at least 1.
  public var rowCount: Int { columns[0].count }

  /// Gathers columns that the caller has made.
  ///
  /// - Parameters:
  ///   - names: The names of the columns, all different; at least one.
  ///   - columns: As many columns as names, all of the same length, at least 1; finite.
  public init(names: [String], columns: [[Double]]) {
    precondition(!names.isEmpty && names.count == columns.count, "one name a column")
    precondition(Set(names).count == names.count, "names must differ")
    precondition(columns.allSatisfy { $0.count == columns[0].count }, "one length of column")
    precondition(!columns[0].isEmpty, "a table has at least one row")
    self.names = names
    self.columns = columns
  }

  /// The column with a name, if there is one.
  ///
  /// - Parameter name: The name of the column.
  public subscript(name: String) -> [Double]? {
    names.firstIndex(of: name).map { columns[$0] }
  }

  /// The names of columns that have none: `x0`, `x1`, … and `y` for the last.
  ///
  /// - Parameter count: The number of columns.
  /// - Returns: As many names.
  public static func defaultNames(count: Int) -> [String] {
    (0..<max(count - 1, 0)).map { "x\($0)" } + (count > 0 ? ["y"] : [])
  }
}
