/// Sums and moments, accumulated in Double by Neumaier's compensated summation.
///
/// Neumaier (1974), [doi:10.1002/zamm.19740540106](https://doi.org/10.1002/zamm.19740540106): the
/// error does not grow with the number of terms, so a metric of a million rows keeps its digits.
public enum Statistics {
  /// The compensated sum.
  ///
  /// - Parameter values: The terms.
  /// - Returns: Their sum.
  public static func sum(_ values: some Sequence<Double>) -> Double {
    var total = 0.0
    var lost = 0.0
    for value in values {
      let next = total + value
      lost += abs(total) >= abs(value) ? (total - next) + value : (value - next) + total
      total = next
    }
    return total + lost
  }

  /// The arithmetic mean, or nil without values.
  ///
  /// - Parameter values: The sample.
  /// - Returns: The mean.
  public static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : sum(values) / Double(values.count)
  }

  /// The variance about the mean, divided by the count (not count − 1), or nil without values.
  ///
  /// - Parameter values: The sample.
  /// - Returns: The population variance.
  public static func variance(_ values: [Double]) -> Double? {
    guard let mean = mean(values) else { return nil }
    return sum(values.lazy.map { ($0 - mean) * ($0 - mean) }) / Double(values.count)
  }

  /// The root mean square, or nil without values.
  ///
  /// - Parameter values: The sample.
  /// - Returns: `sqrt(mean(v²))`.
  public static func rootMeanSquare(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    return (sum(values.lazy.map { $0 * $0 }) / Double(values.count)).squareRoot()
  }

  /// The relative L2 error `‖u − u*‖₂ / ‖u*‖₂`, or nil where the reference is zero or empty.
  ///
  /// - Parameters:
  ///   - values: `u`.
  ///   - reference: `u*`, as many values.
  /// - Returns: The error.
  public static func relativeL2(_ values: [Double], reference: [Double]) -> Double? {
    precondition(values.count == reference.count, "the reference has another length")
    let norm = sum(reference.lazy.map { $0 * $0 })
    guard norm > 0 else { return nil }
    return (sum(zip(values, reference).lazy.map { ($0 - $1) * ($0 - $1) }) / norm).squareRoot()
  }

  /// The q-quantile by linear interpolation between order statistics (type 7 of Hyndman & Fan
  /// (1996), [doi:10.2307/2684934](https://doi.org/10.2307/2684934)), or nil without values.
  ///
  /// - Parameters:
  ///   - values: The sample, in any order.
  ///   - q: A fraction in [0, 1].
  /// - Returns: The quantile.
  public static func quantile(_ values: [Double], _ q: Double) -> Double? {
    precondition(q >= 0 && q <= 1, "a quantile lies between 0 and 1")
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let position = q * Double(sorted.count - 1)
    let index = Int(position)
    guard index + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[index] + (position - Double(index)) * (sorted[index + 1] - sorted[index])
  }

  /// The median, or nil without values.
  ///
  /// - Parameter values: The sample, in any order.
  /// - Returns: The 0.5-quantile.
  public static func median(_ values: [Double]) -> Double? {
    quantile(values, 0.5)
  }
}
