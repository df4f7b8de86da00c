import Foundation
import Limbeck

/// Texts laid out in columns.
enum Text {
  /// Rows of cells with the columns aligned, the last one to the left and the others to the right.
  static func table(_ rows: [[String]]) -> String { lines(rows).joined(separator: "\n") }

  /// The lines of a ``table(_:)``.
  static func lines(_ rows: [[String]]) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.enumerated().map { column, cell in
        column == columns - 1 ? cell : cell.leftPadded(to: widths[column])
      }.joined(separator: "  ")
    }
  }

  /// The text if it fits, else its beginning and an ellipsis.
  static func cut(_ text: String, to width: Int) -> String {
    text.count <= width ? text : text.prefix(max(0, width - 1)) + "…"
  }

  /// A time in two units: `4.2 s`, `3 min 20 s`, `2 h 05 min`.
  ///
  /// - Parameters:
  ///   - seconds: The time.
  ///   - digits: Digits behind the point of less than a minute.
  /// - Returns: The text.
  static func duration(_ seconds: Double, digits: Int = 1) -> String {
    if seconds < 60 { return String(format: "%.\(digits)f s", seconds) }
    let whole = Int(seconds)
    return whole < 3600
      ? String(format: "%d min %02d s", whole / 60, whole % 60)
      : String(format: "%d h %02d min", whole / 3600, whole / 60 % 60)
  }

  /// A number of things in three digits: `950`, `12.3k`, `4.56M`.
  static func count(_ number: Int) -> String {
    let units = [(1e9, "G"), (1e6, "M"), (1e3, "k")]
    // 999,500 and more would be rounded to a thousand of a unit.
    guard let (size, unit) = units.first(where: { Double(number) >= 0.9995 * $0.0 }) else {
      return "\(number)"
    }
    return NumberFormat.short(Double(number) / size) + unit
  }
}

extension String {
  /// The text with spaces before it.
  func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
