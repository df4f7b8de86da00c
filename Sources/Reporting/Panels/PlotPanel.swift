/// A plot: two axes, a title and marks.
struct PlotPanel {
  var title: MathText
  var horizontal: Axis
  var vertical: Axis
  var marks: [Mark]

  /// Whether lines lead from the ticks through the plot.
  var hasGrid = true

  /// Whether the vertical axis shows numbers; a neighbour with the same axis may do so for both.
  var hasVerticalLabels = true

  /// Whether the horizontal axis shows numbers.
  var hasHorizontalLabels = true

  static let tickLength = 4.0
  private static let gap = 4.0
  private static let horizontalSpacing = 58.0
  private static let verticalSpacing = 30.0

  /// The space that ticks and titles take outside the frame.
  ///
  /// - Parameters:
  ///   - canvas: Where the letters are measured.
  ///   - area: The frame and its margins.
  /// - Returns: The margins.
  func margins(on canvas: Canvas, in area: Rectangle) -> Margins {
    let below = horizontalTicks(area.width * 0.8)
    let beside = verticalTicks(area.height * 0.8)
    let labels = beside.labels.map { canvas.width(of: $0, size: TextSize.tick) }.max() ?? 0
    let lastLabel = below.labels.last.map { canvas.width(of: $0, size: TextSize.tick) / 2 } ?? 0
    let factor = below.factor.map { canvas.width(of: $0, size: TextSize.tick) } ?? 0
    var margins = Margins(top: 8, left: 6, bottom: 6, right: max(6, lastLabel, factor / 2))
    if !title.runs.isEmpty { margins.top = TextSize.title + 12 }
    if beside.factor != nil && hasVerticalLabels { margins.top += TextSize.tick + 2 }
    if hasVerticalLabels {
      margins.left = Self.tickLength + Self.gap + labels + 4
      if !vertical.title.runs.isEmpty { margins.left += TextSize.label + 8 }
    }
    if hasHorizontalLabels {
      margins.bottom = Self.tickLength + Self.gap + TextSize.tick + 4
      if !horizontal.title.runs.isEmpty { margins.bottom += TextSize.label + 6 }
    }
    return margins
  }

  /// Draws the plot with its frame along the sides of a rectangle.
  func draw(on canvas: Canvas, frame: Rectangle, _ theme: Theme) {
    let (below, beside) = (horizontalTicks(frame.width), verticalTicks(frame.height))
    if hasGrid { drawGrid(on: canvas, frame, below, beside, theme) }
    canvas.clipped(to: frame) {
      for mark in marks { draw(mark, on: canvas, frame) }
    }
    canvas.stroke(frame, Pen(theme.muted, width: 0.8))
    drawHorizontal(below, on: canvas, frame, theme)
    drawVertical(beside, on: canvas, frame, theme)
    let rise = beside.factor != nil && hasVerticalLabels ? TextSize.tick + 9 : 7
    canvas.draw(
      canvas.truncated(title, to: frame.width + 12, size: TextSize.title),
      at: Point(x: frame.center.x, y: frame.y - rise), .middle, size: TextSize.title, theme.ink)
  }

  /// Where a pair of numbers is drawn.
  func place(_ x: Double, _ y: Double, in frame: Rectangle) -> Point {
    Point(
      x: frame.x + horizontal.fraction(of: x) * frame.width,
      y: frame.maxY - vertical.fraction(of: y) * frame.height)
  }

  private func horizontalTicks(_ length: Double) -> TickMarks {
    horizontal.ticks(length: length, spacing: Self.horizontalSpacing)
  }

  private func verticalTicks(_ length: Double) -> TickMarks {
    vertical.ticks(length: length, spacing: Self.verticalSpacing)
  }
}

// MARK: - Marks

extension PlotPanel {
  private func draw(_ mark: Mark, on canvas: Canvas, _ frame: Rectangle) {
    switch mark {
    case .line(let x, let y, let pen):
      canvas.stroke(zip(x, y).map { place($0, $1, in: frame) }, pen)
    case .dots(let x, let y, let color, let radius):
      canvas.dots(zip(x, y).map { place($0, $1, in: frame) }, Pen(color, width: 2 * radius))
    case .cells(let picture):
      canvas.draw(picture, in: frame)
    case .bars(let edges, let heights, let color):
      for (index, height) in heights.enumerated() {
        let top = place(edges[index], height, in: frame)
        let right = place(edges[index + 1], height, in: frame)
        guard top.y.isFinite, top.y < frame.maxY else { continue }
        canvas.fill(
          Rectangle(x: top.x, y: top.y, width: right.x - top.x, height: frame.maxY - top.y), color)
      }
    }
  }
}

// MARK: - Axes

extension PlotPanel {
  private func drawGrid(
    on canvas: Canvas, _ frame: Rectangle, _ below: TickMarks, _ beside: TickMarks, _ theme: Theme
  ) {
    let pen = Pen(theme.grid, width: 0.8)
    for tick in below.ticks where tick.label != nil {
      let x = frame.x + horizontal.fraction(of: tick.value) * frame.width
      canvas.stroke([Point(x: x, y: frame.y), Point(x: x, y: frame.maxY)], pen)
    }
    for tick in beside.ticks where tick.label != nil {
      let y = frame.maxY - vertical.fraction(of: tick.value) * frame.height
      canvas.stroke([Point(x: frame.x, y: y), Point(x: frame.maxX, y: y)], pen)
    }
  }

  private func drawHorizontal(
    _ marks: TickMarks, on canvas: Canvas, _ frame: Rectangle, _ theme: Theme
  ) {
    for tick in marks.ticks {
      let x = frame.x + horizontal.fraction(of: tick.value) * frame.width
      let length = tick.label == nil ? Self.tickLength / 2 : Self.tickLength
      canvas.stroke(
        [Point(x: x, y: frame.maxY), Point(x: x, y: frame.maxY + length)],
        Pen(theme.muted, width: 0.8))
      guard hasHorizontalLabels, let label = tick.label else { continue }
      canvas.draw(
        label, at: Point(x: x, y: frame.maxY + Self.tickLength + Self.gap + TextSize.tick * 0.8),
        .middle, size: TextSize.tick, theme.ink)
    }
    guard hasHorizontalLabels else { return }
    let title = horizontal.title + (marks.factor.map { "  (" + $0 + ")" } ?? "")
    canvas.draw(
      title,
      at: Point(
        x: frame.center.x,
        y: frame.maxY + Self.tickLength + Self.gap + TextSize.tick + TextSize.label + 6),
      .middle, size: TextSize.label, theme.ink)
  }

  private func drawVertical(
    _ marks: TickMarks, on canvas: Canvas, _ frame: Rectangle, _ theme: Theme
  ) {
    for tick in marks.ticks {
      let y = frame.maxY - vertical.fraction(of: tick.value) * frame.height
      let length = tick.label == nil ? Self.tickLength / 2 : Self.tickLength
      canvas.stroke(
        [Point(x: frame.x - length, y: y), Point(x: frame.x, y: y)], Pen(theme.muted, width: 0.8))
      guard hasVerticalLabels, let label = tick.label else { continue }
      canvas.draw(
        label,
        at: Point(
          x: frame.x - Self.tickLength - Self.gap, y: y + TextSize.middle * TextSize.tick),
        .end, size: TextSize.tick, theme.ink)
    }
    guard hasVerticalLabels else { return }
    if let factor = marks.factor {
      canvas.draw(
        factor, at: Point(x: frame.x - Self.tickLength, y: frame.y - 7), size: TextSize.tick,
        theme.ink)
    }
    guard !vertical.title.runs.isEmpty else { return }
    let labels = marks.labels.map { canvas.width(of: $0, size: TextSize.tick) }.max() ?? 0
    let point = Point(
      x: frame.x - Self.tickLength - Self.gap - labels - 8, y: frame.center.y)
    canvas.rotated(by: -.pi / 2, around: point) {
      canvas.draw(vertical.title, at: point, .middle, size: TextSize.label, theme.ink)
    }
  }
}
