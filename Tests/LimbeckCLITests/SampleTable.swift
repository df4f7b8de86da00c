import Foundation

/// A table of `y = 2 b exp(-3 a) + π` without noise.
enum SampleTable {
  /// The table in double precision.
  static let text = text(rounding: { $0 })

  /// The table with rounded targets.
  static func text(rounding round: (Double) -> Double) -> String {
    let rows = (0..<100).map { i in
      let (a, b) = (Double(i % 10) / 7, Double(i / 10) / 3)
      return "\(a),\(b),\(round(2 * b * exp(-3 * a) + .pi))\n"
    }
    return "a,b,y\n" + rows.joined()
  }
}
