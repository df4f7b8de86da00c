/// The colours of cells: numbers to fractions of a map, and what has no number to a colour of its own.
struct MapScale {
  let map: ColorMap
  let range: ClosedRange<Double>

  /// Blue below zero and red above, as far as the numbers go.
  static func symmetric(_ columns: [[Double]]) -> MapScale {
    MapScale(map: .diverging, range: ValueRange.symmetric(columns))
  }

  /// From zero up where no number is negative, else symmetric.
  static func fitting(_ columns: [[Double]]) -> MapScale {
    let range = symmetric(columns).range
    guard columns.allSatisfy({ $0.allSatisfy { !($0 < 0) } }) else { return symmetric(columns) }
    return MapScale(map: .glowing, range: 0...range.upperBound)
  }

  /// The range in a few letters.
  var name: MathText {
    (range.lowerBound < 0 ? "±" : "0 to ") + MathText(short: range.upperBound)
  }

  /// Colours a grid.
  ///
  /// - Parameters:
  ///   - values: One number for each cell; rows from bottom to top.
  ///   - columns: Number of cells in a row.
  ///   - theme: Gives the colour of cells without a number.
  /// - Returns: The picture.
  func picture(_ values: [Double], columns: Int, _ theme: Theme) -> Picture {
    let undefined = theme.undefined.hex
    let (lower, width) = (range.lowerBound, range.upperBound - range.lowerBound)
    return Picture(cells: values, columns: columns) { value in
      value.isNaN ? undefined : map.pixel((value - lower) / width)
    }
  }

  /// The key to the colours.
  func bar(_ title: MathText, for columns: [[Double]], isWhole: Bool = false) -> ColorBar {
    ColorBar(
      map: map, axis: Axis(title, range, isWhole: isWhole),
      hasUndefined: columns.contains { $0.contains { $0.isNaN } })
  }
}
