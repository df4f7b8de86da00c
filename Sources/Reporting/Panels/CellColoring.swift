#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How the numbers of a table become colours.
public enum CellColoring: Sendable, Equatable {
  /// From -1 to 1, such as correlations and cosines: blue below zero, red above.
  case signed

  /// From the least to the greatest number.
  case sequential

  /// R² by -log10(1 - R²), the number of nines: 0.9 and 0.99 are as far apart as 0.99 and 0.999.
  /// What explains nothing is 0.
  case explained

  /// The number that is coloured.
  func shown(_ value: Double) -> Double {
    guard self == .explained, !value.isNaN else { return value }
    return value >= 1 ? Self.digitLimit : -log10(1 - value)
  }

  /// The colours for the numbers of a table.
  func scale(for values: [[Double]]) -> MapScale {
    switch self {
    case .signed: MapScale(map: .diverging, range: -1...1)
    case .sequential: MapScale(map: .sequential, range: ValueRange.covering(values))
    case .explained:
      MapScale(
        map: .sequential,
        range:
          0...max(
            3, ValueRange.covering(values.map { $0.map(shown) }).upperBound.rounded(.up)))
    }
  }

  /// The key to the colours.
  func bar(for values: [[Double]]) -> ColorBar {
    let title: MathText =
      self == .explained
      ? "\u{2212}" + .decimalLogarithm + "(1 \u{2212} R²)" : ""
    return scale(for: values).bar(title, for: values, isWhole: self == .explained)
  }

  /// The number as it is written into its cell: two decimals, and one of those that count digits.
  func text(of value: Double) -> MathText {
    let number = shown(value)
    guard abs(number) < 1e3 else { return MathText(short: number) }
    let scale = self == .explained ? 10 : 100
    let whole = Int((abs(number) * Double(scale)).rounded())
    let decimals = String(String(scale + whole % scale).dropFirst())
    return MathText(
      MathText.withMinus("\(number < 0 && whole > 0 ? "-" : "")\(whole / scale).\(decimals)"))
  }

  /// More digits than numbers have.
  private static let digitLimit = 16.0
}

extension MapScale {
  /// The colour of a number.
  func color(of value: Double) -> Color {
    map[(value - range.lowerBound) / (range.upperBound - range.lowerBound)]
  }
}
