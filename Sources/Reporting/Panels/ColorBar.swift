/// The key to the colours of one or more plots.
struct ColorBar {
  let map: ColorMap
  let axis: Axis

  /// Whether the plots hold cells without a number, which then are in the key as well.
  var hasUndefined = false

  /// What it means that a cell has no number.
  var undefinedName: MathText = "undefined"

  static let width = 11.0
  private static let boxHeight = 11.0
  private static let boxGap = 20.0

  /// The width of the bar with its labels and title.
  func width(on canvas: Canvas, height: Double) -> Double {
    let ticks = axis.ticks(length: height, spacing: 30)
    let labels = ticks.labels.map { canvas.width(of: $0, size: TextSize.tick) }.max() ?? 0
    let undefined =
      hasUndefined ? canvas.width(of: undefinedName, size: TextSize.tick) : 0
    return Self.width + PlotPanel.tickLength + 4 + max(labels, undefined) + 2
      + (axis.title.runs.isEmpty ? 0 : TextSize.label + 7)
  }

  /// Draws the bar, labels to its right, beside a plot of the same height.
  func draw(on canvas: Canvas, x: Double, from top: Double, to bottom: Double, _ theme: Theme) {
    let end = hasUndefined ? bottom - Self.boxHeight - Self.boxGap / 2 : bottom
    let frame = Rectangle(x: x, y: top, width: Self.width, height: end - top)
    let steps = 256
    canvas.draw(
      Picture(cells: (0..<steps).map { Double($0) / Double(steps - 1) }, columns: 1, atLeast: 16) {
        map.pixel($0)
      }, in: frame)
    canvas.stroke(frame, Pen(theme.muted, width: 0.8))
    let marks = axis.ticks(length: frame.height, spacing: 30)
    let labelX = frame.maxX + PlotPanel.tickLength + 4
    for tick in marks.ticks {
      let y = frame.maxY - axis.fraction(of: tick.value) * frame.height
      let length = tick.label == nil ? PlotPanel.tickLength / 2 : PlotPanel.tickLength
      canvas.stroke(
        [Point(x: frame.maxX, y: y), Point(x: frame.maxX + length, y: y)],
        Pen(theme.muted, width: 0.8))
      guard let label = tick.label else { continue }
      canvas.draw(
        label, at: Point(x: labelX, y: y + TextSize.middle * TextSize.tick), size: TextSize.tick,
        theme.ink)
    }
    if let factor = marks.factor {
      canvas.draw(
        factor, at: Point(x: frame.x, y: frame.y - 7), size: TextSize.tick, theme.ink)
    }
    if hasUndefined {
      let box = Rectangle(
        x: x, y: bottom - Self.boxHeight, width: Self.width, height: Self.boxHeight)
      canvas.fill(box, theme.undefined)
      canvas.stroke(box, Pen(theme.muted, width: 0.8))
      canvas.draw(
        undefinedName, at: Point(x: labelX, y: box.center.y + TextSize.middle * TextSize.tick),
        size: TextSize.tick, theme.ink)
    }
    guard !axis.title.runs.isEmpty else { return }
    let width = width(on: canvas, height: frame.height)
    let point = Point(x: x + width - 2, y: frame.center.y)
    canvas.rotated(by: -.pi / 2, around: point) {
      canvas.draw(axis.title, at: point, .middle, size: TextSize.label, theme.ink)
    }
  }
}
