internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The rounding that writing a column with few decimal digits left in it.
///
/// Tables are written with so many significant digits, `%.6g`, or so many decimals, `%.4f`. Then the
/// shortest text of each value tells its last place: no value has a digit beyond it, and of the last
/// digits themselves one in ten is a zero. Values that happen to be short, such as whole numbers, have
/// no such pattern.
package struct DecimalRounding {
  /// The mean square of what rounding changed, a twelfth of the square of the last place.
  package let meanSquare: Double

  /// Fewer rows show no pattern.
  private static let fewestRows = 20

  /// Written with more significant digits, a column has all that the numbers had.
  private static let mostDigits = 14

  /// The largest share of values whose last digit is a zero; a tenth is expected.
  private static let mostRound = 0.3

  /// Looks at a column; nil if it is not rounded.
  package init?(_ column: [Double]) {
    let texts = column.prefix(1000).map(Decimal.init)
    guard column.count >= Self.fewestRows, let digits = texts.map(\.digits).max(), digits > 1,
      digits <= Self.mostDigits, let last = texts.map(\.lastPlace).min()
    else { return nil }
    // Whichever way of writing leaves fewer zeros at the end is the one.
    let shortOfDigits = texts.count { $0.digits < digits }
    let shortOfPlaces = texts.count { $0.lastPlace > last }
    guard Double(min(shortOfDigits, shortOfPlaces)) <= Self.mostRound * Double(texts.count) else {
      return nil
    }
    let areDecimals = shortOfPlaces < shortOfDigits
    let squares = column.map { value -> Double in
      let place = areDecimals || value == 0 ? last : Decimal(value).firstPlace - digits + 1
      return pow(100, Double(place)) / 12
    }
    meanSquare = Statistics.sum(squares) / Double(column.count)
  }

  /// The normalised loss `1 − R²` that the rounding of a table leaves to the law behind it.
  ///
  /// A rounded variable moves the target by its slope, which the ratio of the standard deviations stands
  /// for.
  ///
  /// - Parameters:
  ///   - columns: The variables.
  ///   - target: The target.
  /// - Returns: nil if the target is not rounded, or so much that look-alikes would pass for the law.
  package static func loss(of columns: [[Double]], target: [Double]) -> Double? {
    guard let own = DecimalRounding(target), let variance = Statistics.variance(target),
      variance > 0
    else { return nil }
    let others = columns.reduce(0.0) { sum, column in
      guard let rounding = DecimalRounding(column), let spread = Statistics.variance(column),
        spread > 0
      else { return sum }
      return sum + rounding.meanSquare / spread
    }
    let loss = safety * (own.meanSquare / variance + others)
    return loss <= largestLoss ? loss : nil
  }

  /// Slopes are steeper here and there than their mean.
  private static let safety = 2.0

  /// A loss above says little about a formula.
  private static let largestLoss = 1e-9

  /// The shortest decimal text of a number.
  private struct Decimal {
    /// The number of significant digits.
    var digits = 1

    /// The power of ten of the first digit.
    var firstPlace = 0

    /// The power of ten of the last digit.
    var lastPlace: Int { firstPlace - digits + 1 }

    init(_ value: Double) {
      guard value != 0, value.isFinite else { return }
      // Swift prints the shortest text that reads back as the same number.
      let text = "\(value.magnitude)"
      let parts = text.split(separator: "e")
      let places = parts[0].split(separator: ".", omittingEmptySubsequences: false)
      let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
      let all = places.joined()
      let significant = all.drop { $0 == "0" }
      let trimmed = significant.reversed().drop { $0 == "0" }
      digits = max(1, trimmed.count)
      firstPlace = exponent + places[0].count - 1 - (all.count - significant.count)
    }
  }
}
