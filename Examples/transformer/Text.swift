import Foundation

/// Numbers and tables for people.
enum Text {
  /// A number with some decimals.
  static func number(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", value)
  }

  /// A share in percent.
  static func percent(_ share: Double) -> String { number(100 * share, 1) + " %" }

  /// Prints rows below a header, columns aligned to the left.
  static func table(_ header: [String], _ rows: [[String]]) {
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    for row in [header] + rows {
      let cells = zip(row, widths).map { text, width in
        text + String(repeating: " ", count: width - text.count)
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      print("  " + line)
    }
  }
}
