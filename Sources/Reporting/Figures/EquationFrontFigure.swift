/// The Pareto front of a distillation: how much accuracy each step of complexity buys, and the
/// equation that was chosen.
public struct EquationFrontFigure: Figure {
  private let front: EquationFront

  /// Draws a front.
  ///
  /// - Parameter front: The equations; at least one.
  public init(_ front: EquationFront) {
    self.front = front
  }

  /// 860 by 340 points, higher where there are many equations.
  public var size: FigureSize {
    FigureSize(width: 860, height: max(340, 80 + Self.rowHeight * Double(front.entries.count)))
  }

  /// Says which equation was chosen.
  public var summary: String {
    "Pareto front of \(front.entries.count) equations for \(front.target)"
      + (front.chosen.map { "; chosen: \(front.target) = \($0.equation)" } ?? "; none was chosen")
  }

  /// Draws the plot, and the equations beside it.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours.
  public func draw(on canvas: Canvas, _ theme: Theme) {
    let area = size.bounds.inset(by: 10)
    let complexities = front.entries.map(\.complexity)
    let losses = visibleLosses
    let panel = PlotPanel(
      title: "",
      horizontal: Axis("complexity", ValueRange.covering([complexities]), isWhole: true)
        .padded(by: 0.06),
      vertical: Axis("loss", ValueRange.positive([losses]), scale: .logarithmic).padded(by: 0.06),
      marks: [
        .line(x: complexities, y: losses, Pen(theme.palette[0], width: 1.5)),
        .dots(x: complexities, y: losses, theme.palette[0], radius: 3.5),
      ])
    var place = area
    place.width = Self.plotWidth
    let frame = place.inset(by: panel.margins(on: canvas, in: place))
    panel.draw(on: canvas, frame: frame, theme)
    if let best = front.best {
      let point = panel.place(complexities[best], losses[best], in: frame)
      canvas.disc(point, radius: 6, theme.accent, rim: theme.background)
    }
    var list = area
    list.x = place.maxX + 22
    list.width = area.maxX - list.x
    drawList(on: canvas, in: list, theme)
  }

  private func drawList(on canvas: Canvas, in area: Rectangle, _ theme: Theme) {
    var y = area.y + 20
    canvas.draw("complexity", at: Point(x: area.x, y: y), size: TextSize.tick, theme.muted)
    canvas.draw(
      MathText(formula: front.target) + " =", at: Point(x: area.x + Self.indent, y: y),
      size: TextSize.label, theme.muted)
    y += 8
    canvas.stroke(
      [Point(x: area.x, y: y), Point(x: area.maxX, y: y)], Pen(theme.grid, width: 1))
    for (index, entry) in front.entries.enumerated() {
      y += Self.rowHeight
      let isChosen = index == front.best
      if isChosen {
        canvas.disc(
          Point(x: area.x + 8, y: y - 4), radius: 5, theme.accent, rim: theme.background)
      }
      let color = isChosen ? theme.accent : theme.ink
      canvas.draw(
        MathText(short: entry.complexity), at: Point(x: area.x + Self.indent - 18, y: y), .end,
        size: TextSize.label, color)
      let formula = MathText(formula: entry.equation)
      canvas.draw(
        canvas.truncated(
          isChosen ? formula.bold : formula, to: area.width - Self.indent, size: TextSize.label),
        at: Point(x: area.x + Self.indent, y: y), size: TextSize.label, color)
    }
  }

  /// A loss of zero has no logarithm: it is drawn a decade below the others.
  private var visibleLosses: [Double] {
    let losses = front.entries.map(\.loss)
    let least = losses.filter { $0 > 0 && $0.isFinite }.min() ?? 1
    return losses.map { $0 == 0 ? least / 10 : $0 }
  }

  private static let plotWidth = 430.0
  private static let rowHeight = 22.0
  private static let indent = 74.0
}
