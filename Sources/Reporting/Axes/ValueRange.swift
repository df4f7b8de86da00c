#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The intervals that data asks for.
package enum ValueRange {
  /// From the least to the greatest finite number; what has no extent gets some.
  ///
  /// - Parameter columns: Numbers that share the range, such as those of panels that are compared.
  /// - Returns: The range, 0...1 without any finite number.
  package static func covering(_ columns: [[Double]]) -> ClosedRange<Double> {
    let values = columns.joined().lazy.filter(\.isFinite)
    guard let first = values.first else { return 0...1 }
    var (lower, upper) = (first, first)
    for value in values {
      lower = min(lower, value)
      upper = max(upper, value)
    }
    guard lower < upper else {
      let margin = lower == 0 ? 1 : abs(lower) / 2
      return (lower - margin)...(upper + margin)
    }
    return lower...upper
  }

  /// The least range around zero, as far below as above.
  package static func symmetric(_ columns: [[Double]]) -> ClosedRange<Double> {
    let extent = columns.joined().lazy.filter(\.isFinite).map(\.magnitude).max() ?? 0
    return extent > 0 ? -extent...extent : -1...1
  }

  /// From the least to the greatest positive number, at least a decade.
  package static func positive(_ columns: [[Double]]) -> ClosedRange<Double> {
    let logarithms = columns.map { $0.filter { $0 > 0 && $0.isFinite }.map { log10($0) } }
    guard logarithms.contains(where: { !$0.isEmpty }) else { return 0.1...1 }
    let range = covering(logarithms)
    let missing = max(0, 1 - (range.upperBound - range.lowerBound)) / 2
    return pow(10, range.lowerBound - missing)...pow(10, range.upperBound + missing)
  }
}
