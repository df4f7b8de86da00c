package import Limbeck

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whether an equation is the law that the rows were made from, as far as can be told without a
/// computer algebra system.
package enum Verdict: String, Sendable {
  /// The law, up to a constant factor: proved by algebra.
  case proved

  /// Equal to the law, up to a constant factor, on rows that reach beyond those searched.
  case equal

  /// Something else.
  case different

  /// Whether the law was found.
  package var isSolved: Bool { self != .different }

  private static let rowCount = 2000

  /// How far the ratio of equation and law may stray: rounding of constants that were fitted to
  /// data without noise.
  private static let tolerance = 1e-7

  /// The fraction of rows that may fall outside, where cancellation costs digits.
  private static let outliers = 0.02

  /// Compares an equation with a law.
  ///
  /// - Parameters:
  ///   - equation: The equation.
  ///   - law: The law.
  ///   - variables: The law's variables.
  ///   - ranges: The range of each in the data; the comparison reaches half as far again to both
  ///     sides, but not across zero.
  package init(
    _ equation: Expression, of law: Expression, variables: [Symbol], ranges: [ClosedRange<Double>]
  ) {
    guard Set(equation.symbols).isSubset(of: variables) else {
      self = .different
      return
    }
    if equation.isProvablyEqual(to: law) {
      self = .proved
      return
    }
    var random = RandomStream(seed: 1)
    let columns = ranges.map { range in
      let wide = range.widened
      return (0..<Self.rowCount).map { _ in random.uniform(wide.lowerBound, wide.upperBound) }
    }
    guard
      let factor = Self.factor(
        between: equation, and: law, variables: variables, columns: columns)
    else {
      self = .different
      return
    }
    let isProved = (equation / Expression(factor.rounded(toDigits: 9))).isProvablyEqual(to: law)
    self = isProved ? .proved : .equal
  }

  /// The constant ratio of two formulas; nil if it is not constant.
  private static func factor(
    between equation: Expression, and law: Expression, variables: [Symbol], columns: [[Double]]
  ) -> Double? {
    guard let left = try? Program(equation, inputs: variables).evaluate(columns),
      let right = try? Program(law, inputs: variables).evaluate(columns)
    else { return nil }
    // Where the law itself has no value there is nothing to compare.
    let defined = right.indices.filter { right[$0].isFinite && right[$0] != 0 }
    guard defined.count >= rowCount / 10 else { return nil }
    let ratios = defined.map { left[$0] / right[$0] }
    guard let factor = Statistics.median(ratios.filter(\.isFinite)), factor != 0 else { return nil }
    let agreeing = ratios.count { abs($0 / factor - 1) <= tolerance }
    return Double(agreeing) >= (1 - outliers) * Double(ratios.count) ? factor : nil
  }
}

extension ClosedRange<Double> {
  /// The range and half its width to either side, but not across zero.
  var widened: ClosedRange<Double> {
    let reach = (upperBound - lowerBound) / 2
    let lower = lowerBound - reach
    let upper = upperBound + reach
    return
      (lowerBound >= 0 ? Swift.max(lower, lowerBound / 2) : lower)...(upperBound <= 0
      ? Swift.min(upper, upperBound / 2) : upper)
  }
}

extension Double {
  /// The decimal number of so many digits that is nearest.
  fileprivate func rounded(toDigits digits: Int) -> Double {
    guard self != 0, isFinite else { return self }
    let scale = pow(10, Double(digits - 1) - floor(log10(magnitude)))
    return (self * scale).rounded() / scale
  }
}
