import Foundation

/// A table of `y = 2 b exp(-3 a) + π` without noise.
enum SampleTable {
  static let text: String = {
    let rows = (0..<100).map { i in
      let (a, b) = (Double(i % 10) / 7, Double(i / 10) / 3)
      return "\(a),\(b),\(2 * b * exp(-3 * a) + .pi)\n"
    }
    return "a,b,y\n" + rows.joined()
  }()
}
