/// A table of numbers and texts to be written as comma-separated values (RFC 4180).
///
/// Numbers print with the fewest digits that read back as the same `Double`; lines end in LF.
public struct CSVDocument: Sendable, Equatable {
  /// What stands in one field.
  public enum Field: Sendable, Equatable {
    /// Nothing.
    case empty

    /// An integer.
    case integer(Int)

    /// A number; one that is not finite leaves the field empty.
    case number(Double)

    /// A text, quoted where needed.
    case text(String)
  }

  /// The names of the columns.
  public let header: [String]

  /// The rows, each with one field a column.
  public private(set) var rows: [[Field]] = []

  /// Starts a document without rows.
  ///
  /// - Parameter header: The names of the columns.
  public init(header: [String]) {
    self.header = header
  }

  /// Starts a document with the rows of a table.
  ///
  /// - Parameter table: The table.
  public init(_ table: Table) {
    header = table.names
    rows = (0..<table.rowCount).map { row in table.columns.map { .number($0[row]) } }
  }

  /// Adds a row.
  ///
  /// - Parameter row: One field a column.
  public mutating func append(_ row: [Field]) {
    precondition(row.count == header.count, "a row has one field a column")
    rows.append(row)
  }

  /// The document as text.
  public var text: String {
    rows.reduce(into: Self.line(header.map(Field.text))) { $0 += Self.line($1) }
  }

  /// Writes the document atomically.
  ///
  /// - Parameter path: The destination; its directory must exist.
  /// - Throws: ``FileError/unwritable(path:reason:)``; an earlier file then is untouched.
  public func write(to path: String) throws(FileError) {
    try AtomicFile.write(text.utf8, to: path)
  }

  /// One line with its line end.
  static func line(_ fields: [Field]) -> String {
    fields.map(\.text).joined(separator: ",") + "\n"
  }
}

extension CSVDocument.Field {
  /// The field as it stands in the file.
  fileprivate var text: String {
    switch self {
    case .empty: return ""
    case .integer(let value): return value.description
    case .number(let value): return value.isFinite ? value.description : ""
    case .text(let text):
      let needsQuotes = text.unicodeScalars.contains { "\",;\t\n\r#".unicodeScalars.contains($0) }
      guard needsQuotes || text.hasPrefix(" ") || text.hasSuffix(" ") else { return text }
      let doubled = text.split(separator: "\"", omittingEmptySubsequences: false)
      return "\"" + doubled.joined(separator: "\"\"") + "\""
    }
  }
}
