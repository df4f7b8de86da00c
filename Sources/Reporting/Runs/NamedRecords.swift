internal import RunStore

/// A table of texts and numbers of which columns are asked by name.
struct NamedRecords {
  private let path: String
  private let records: CSVRecords

  init(parsing bytes: [UInt8], path: String) throws(ReportingError) {
    self.path = path
    do {
      records = try CSVRecords(parsing: bytes, path: path)
    } catch {
      throw .malformed(path: path, detail: "no table: \(error)")
    }
  }

  var isEmpty: Bool { records.rows.isEmpty }
  var indices: Range<Int> { records.rows.indices }

  /// Checks that columns are there.
  func require(_ names: String...) throws(ReportingError) {
    for name in names where !records.names.contains(name) {
      throw .malformed(path: path, detail: "the column '\(name)' is missing")
    }
  }

  /// A text; nil where there is none.
  func text(_ name: String, _ row: Int) -> String? {
    guard let text = records[name]?[row], !text.isEmpty else { return nil }
    return text
  }

  /// A number; nil for an empty field.
  func number(_ name: String, _ row: Int) throws(ReportingError) -> Double? {
    guard let text = text(name, row) else { return nil }
    guard let value = Double(text) else {
      throw .malformed(
        path: path, detail: "'\(text)' in column '\(name)', row \(row + 1), is no number")
    }
    return value
  }
}
