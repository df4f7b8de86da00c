/// Records of text with separators whose fields need not be numbers, by the names of their columns.
///
/// Reads what ``CSVDocument`` writes, and what ``CSVReader`` takes for a table.
package struct CSVRecords: Sendable, Equatable {
  /// The names of the columns.
  package let names: [String]

  /// One text for each column; empty where there is nothing.
  package let rows: [[String]]

  /// Reads the contents of a file whose first line is a header.
  ///
  /// - Parameters:
  ///   - bytes: The contents in UTF-8.
  ///   - path: The name that errors give the contents.
  /// - Throws: ``TableError/text(path:line:field:problem:)``, or
  ///   ``TableError/tooFewRows(path:count:minimum:)`` without a header.
  package init(parsing bytes: [UInt8], path: String) throws(TableError) {
    var scanner = CSVScanner(bytes: bytes, path: path)
    guard let names = try scanner.nextRecord() else {
      throw .tooFewRows(path: path, count: 0, minimum: 1)
    }
    var rows: [[String]] = []
    while let record = try scanner.nextRecord() {
      guard record.count == names.count else {
        throw scanner.error(.fieldCount(found: record.count, expected: names.count))
      }
      rows.append(record)
    }
    self.names = names
    self.rows = rows
  }

  /// The texts of a column; nil for an unknown name.
  ///
  /// - Parameter name: The name of the column.
  package subscript(name: String) -> [String]? {
    names.firstIndex(of: name).map { column in rows.map { $0[column] } }
  }
}
