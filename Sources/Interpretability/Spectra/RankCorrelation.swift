internal import Tensors

/// Spearman's rank correlation.
enum RankCorrelation {
  /// The correlation of the ranks of two lists; equal values share the mean of their ranks.
  ///
  /// - Parameters:
  ///   - left: Values; infinite ones come last.
  ///   - right: As many values.
  /// - Returns: Between −1 and 1; nil for fewer than three pairs or where one list is constant.
  static func spearman(_ left: [Double], _ right: [Double]) -> Double? {
    precondition(left.count == right.count, "ranks are compared in pairs")
    guard left.count > 2 else { return nil }
    let (a, b) = (ranks(left), ranks(right))
    guard let meanA = Statistics.mean(a), let meanB = Statistics.mean(b),
      let varianceA = Statistics.variance(a), let varianceB = Statistics.variance(b),
      varianceA > 0, varianceB > 0
    else { return nil }
    let covariance = zip(a, b).reduce(0) { $0 + ($1.0 - meanA) * ($1.1 - meanB) }
    return covariance / Double(a.count) / (varianceA * varianceB).squareRoot()
  }

  private static func ranks(_ values: [Double]) -> [Double] {
    values.map { value in
      let below = values.count { $0 < value }
      let equal = values.count { $0 == value }
      return Double(below) + Double(equal - 1) / 2
    }
  }
}
