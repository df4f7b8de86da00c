#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A table in colours: probes by layer and target, correlations of features with fields, cosines of
/// decoder directions.
public struct HeatMapFigure: Figure {
  /// How numbers become colours.
  public enum Coloring: Sendable, Equatable {
    /// From -1 to 1, such as correlations and cosines: blue below zero, red above.
    case signed

    /// From the least to the greatest number.
    case sequential

    /// R² by -log10(1 - R²), the number of nines: 0.9 and 0.99 are as far apart as 0.99 and 0.999.
    /// What explains nothing is 0, and six nines are the end of the scale.
    case explained
  }

  private let title: MathText
  private let rows: [String]
  private let columns: [String]
  private let values: [[Double]]
  private let coloring: Coloring
  private let hatchedBelow: Double?
  private let controls: Int

  /// Draws a table.
  ///
  /// - Parameters:
  ///   - title: What the numbers are.
  ///   - rows: Names from top to bottom.
  ///   - columns: Names from left to right.
  ///   - values: One array for each row with one number for each column; NaN for none.
  ///   - coloring: How numbers become colours.
  ///   - hatchedBelow: Magnitudes below this are hatched: too small to be read anything into.
  ///   - controls: Number of last columns that are controls, which are set apart.
  public init(
    title: String, rows: [String], columns: [String], values: [[Double]], coloring: Coloring,
    hatchedBelow: Double? = nil, controls: Int = 0
  ) {
    precondition(
      values.count == rows.count && values.allSatisfy { $0.count == columns.count }
        && !rows.isEmpty && !columns.isEmpty && (0..<columns.count).contains(controls),
      "a table has one number for each name")
    self.title = MathText(title)
    self.rows = rows
    self.columns = columns
    self.values = values
    self.coloring = coloring
    self.hatchedBelow = hatchedBelow
    self.controls = controls
  }

  /// As large as its cells ask for.
  public var size: FigureSize {
    FigureSize(
      width: Self.left + 120 + cell.width * Double(columns.count) + controlGap,
      height: top + 20 + max(cell.height * Double(rows.count), 110))
  }

  /// Says what is tabulated.
  public var summary: String {
    "\(title.plain): \(rows.count) rows by \(columns.count) columns"
  }

  /// Draws the cells with names above and beside, and the key to the colours.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours.
  public func draw(on canvas: Canvas, _ theme: Theme) {
    canvas.draw(title, at: Point(x: 12, y: 24), size: TextSize.title, theme.ink)
    for (index, name) in rows.enumerated() where isNamed(index, cell.height) {
      let y = top + (Double(index) + 0.5) * cell.height
      canvas.draw(
        canvas.truncated(MathText(name: name), to: Self.left - 18, size: TextSize.tick),
        at: Point(x: Self.left - 8, y: y + TextSize.middle * TextSize.tick), .end,
        size: TextSize.tick, theme.ink)
    }
    for (index, name) in columns.enumerated() where isNamed(index, cell.width) {
      drawColumnName(name, on: canvas, x: x(of: index) + cell.width / 2, y: top - 8, theme)
    }
    drawCells(0..<columns.count - controls, on: canvas, theme)
    drawCells(columns.count - controls..<columns.count, on: canvas, theme)
    ColorBar(map: map, axis: axis, hasUndefined: values.joined().contains { $0.isNaN }).draw(
      on: canvas, x: x(of: columns.count - 1) + cell.width + 18, from: top, to: size.height - 20,
      theme)
  }

  private func drawCells(_ block: Range<Int>, on canvas: Canvas, _ theme: Theme) {
    guard !block.isEmpty else { return }
    let picture = Picture(cells: values.reversed().flatMap { $0[block] }, columns: block.count) {
      self.color(of: $0, theme).hex
    }
    let area = Rectangle(
      x: x(of: block.lowerBound), y: top, width: cell.width * Double(block.count),
      height: cell.height * Double(rows.count))
    canvas.draw(picture, in: area)
    // Small cells are a picture, larger ones a table with lines between.
    guard min(cell.width, cell.height) >= 12 else { return }
    for (row, line) in area.rows(rows.count, gap: 0).enumerated() {
      for (column, place) in line.columns(block.count, gap: 0).enumerated() {
        decorate(values[row][block.lowerBound + column], on: canvas, in: place, theme)
      }
    }
  }

  private func color(of value: Double, _ theme: Theme) -> Color {
    value.isNaN ? theme.undefined : map[axis.fraction(of: transformed(value))]
  }

  private func decorate(
    _ value: Double, on canvas: Canvas, in area: Rectangle, _ theme: Theme
  ) {
    if let hatchedBelow, abs(value) < hatchedBelow {
      canvas.hatch(area, Pen(Color(hex: 0x8A929B), width: 0.8))
    }
    if cell.height >= 18 && cell.width >= 40 && !value.isNaN {
      let letters = Color(hex: color(of: value, theme).isBright ? 0x1B1F24 : 0xFFFFFF)
      canvas.draw(
        number(value),
        at: Point(x: area.center.x, y: area.center.y + TextSize.middle * 9), .middle, size: 9,
        letters)
    }
    canvas.stroke(area, Pen(theme.background, width: 1))
  }

  private func drawColumnName(
    _ name: String, on canvas: Canvas, x: Double, y: Double, _ theme: Theme
  ) {
    let text = canvas.truncated(
      MathText(name: name), to: hasUprightNames ? top - 52 : cell.width, size: TextSize.tick)
    guard hasUprightNames else {
      canvas.draw(text, at: Point(x: x, y: y), .middle, size: TextSize.tick, theme.ink)
      return
    }
    let point = Point(x: x + TextSize.middle * TextSize.tick, y: y)
    canvas.rotated(by: -.pi / 2, around: point) {
      canvas.draw(text, at: point, size: TextSize.tick, theme.ink)
    }
  }
}

// MARK: - Colours and cells

extension HeatMapFigure {
  private var map: ColorMap { coloring == .signed ? .diverging : .sequential }

  private var axis: Axis {
    switch coloring {
    case .signed: Axis("", -1...1)
    case .sequential: Axis("", ValueRange.covering(values))
    case .explained:
      Axis(
        MathText("\u{2212}log") + MathText(runs: [.init(text: "10", script: .lowered)])
          + "(1 \u{2212} R²)", 0...6)
    }
  }

  private func transformed(_ value: Double) -> Double {
    guard coloring == .explained else { return value }
    return value >= 1 ? 6 : max(0, -log10(1 - value))
  }

  /// Two decimals, or of an R² near one as many nines as there are.
  private func number(_ value: Double) -> MathText {
    guard coloring == .explained, value > 0.99 else {
      return MathText(MathText.withMinus(Self.rounded(value)))
    }
    return value >= 1 ? "1" : "1\u{2212}" + MathText(scientific: Self.oneDigit(1 - value))
  }

  private static func rounded(_ value: Double) -> String {
    guard abs(value) < 1e3 else { return oneDigit(value) }
    let hundredths = Int((abs(value) * 100).rounded())
    let decimals = hundredths % 100
    let sign = value < 0 && hundredths > 0 ? "-" : ""
    return "\(sign)\(hundredths / 100).\(decimals < 10 ? "0" : "")\(decimals)"
  }

  /// One digit and an exponent, such as `3e-06`.
  private static func oneDigit(_ value: Double) -> String {
    let exponent = Int(log10(abs(value)).rounded(.down))
    let digit = (value / pow(10, Double(exponent))).rounded()
    return abs(digit) == 10
      ? "\(digit < 0 ? "-" : "")1e\(exponent + 1)" : "\(Int(digit))e\(exponent)"
  }

  private var cell: (width: Double, height: Double) {
    (
      min(max(640 / Double(columns.count), 4), 56), min(max(520 / Double(rows.count), 4), 26)
    )
  }

  /// Whether there is room for the name of a row or column.
  private func isNamed(_ index: Int, _ extent: Double) -> Bool {
    index % max(1, Int((13 / extent).rounded(.up))) == 0
  }

  private var controlGap: Double { controls > 0 ? 12 : 0 }

  private func x(of column: Int) -> Double {
    Self.left + Double(column) * cell.width
      + (column >= columns.count - controls ? controlGap : 0)
  }

  /// Room for the names of rows.
  private static let left = 130.0

  /// Whether the names of columns are turned, because one is wider than its column; letters are
  /// about 6 points wide.
  private var hasUprightNames: Bool {
    Double(columns.map(\.count).max() ?? 0) * 6 > cell.width
  }

  /// Room for the title and the names of columns.
  private var top: Double {
    hasUprightNames ? 50 + min(90, 6.5 * Double(columns.map(\.count).max() ?? 0)) : 60
  }
}
