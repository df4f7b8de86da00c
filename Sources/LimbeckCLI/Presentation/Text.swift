/// Texts laid out in columns.
enum Text {
  /// Rows of cells with the columns aligned, the last one to the left and the others to the right.
  static func table(_ rows: [[String]]) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.enumerated().map { column, cell in
        column == columns - 1 ? cell : cell.leftPadded(to: widths[column])
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// The text if it fits, else its beginning and an ellipsis.
  static func cut(_ text: String, to width: Int) -> String {
    text.count <= width ? text : text.prefix(max(0, width - 1)) + "…"
  }
}

extension String {
  /// The text with spaces before it.
  func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
