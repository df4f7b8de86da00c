/// How a training went: every term of the loss, the error against the truth, and the damping.
public struct TrainingHistoryFigure: Figure {
  private let sections: [Section]

  /// One plot of the stack.
  private struct Section {
    let title: MathText
    let curves: [TrainingHistory.Curve]
    let names: [MathText]
    let weight: Double
  }

  private let steps: [Double]

  /// Draws a history.
  ///
  /// - Parameter history: The history.
  public init(_ history: TrainingHistory) {
    steps = history.steps
    let losses = [history.loss] + (history.heldOutLoss.map { [$0] } ?? []) + history.terms
    let lossNames = losses.map { curve in
      // Zero has no place on a logarithmic axis: the key says why there is no line.
      MathText(curve.name + (curve.values.allSatisfy { $0 == 0 } ? ": 0" : ""))
    }
    var sections = [Section(title: "loss", curves: losses, names: lossNames, weight: 2)]
    if !history.errors.isEmpty {
      let names = history.errors.map { MathText(formula: $0.name) }
      let title =
        "relative " + .squaredNorm + " error" + (names.count == 1 ? " of " + names[0] : "")
      sections.append(
        Section(title: title, curves: history.errors, names: names, weight: 1.3))
    }
    if let pace = history.pace {
      sections.append(Section(title: MathText(pace.name), curves: [pace], names: [""], weight: 1))
    }
    self.sections = sections
  }

  /// 720 points wide, as high as its plots ask for.
  public var size: FigureSize {
    FigureSize(width: 720, height: 60 + 120 * sections.reduce(0) { $0 + $1.weight })
  }

  /// Names the curves and where they end.
  public var summary: String {
    let last = sections.first?.curves.first?.values.last.map { MathText(short: $0).plain } ?? "?"
    return "Training history over \(Int(steps.last ?? 0)) steps: "
      + sections.map(\.title.plain).joined(separator: ", ") + "; the loss ends at \(last)"
  }

  /// Draws the plots one below the other over the same steps.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours.
  public func draw(on canvas: Canvas, _ theme: Theme) {
    let stride = max(1, (steps.count + Self.rowLimit - 1) / Self.rowLimit)
    let kept = steps.indices.filter { $0 % stride == 0 || $0 == steps.count - 1 }
    let range = ValueRange.covering([steps])
    var legends: [Legend] = []
    var panels: [PlotPanel] = []
    for (index, section) in sections.enumerated() {
      let pens = section.curves.indices.map { pen($0, of: section, theme) }
      legends.append(
        Legend(entries: pens.count == 1 ? [] : zip(pens, section.names).map { (.line($0), $1) }))
      let isLast = index == sections.count - 1
      panels.append(
        PlotPanel(
          title: "", horizontal: Axis(isLast ? "step" : "", range, isWhole: true),
          vertical: Axis(
            section.title, ValueRange.positive(section.curves.map(\.values)), scale: .logarithmic
          ).padded(by: 0.04),
          marks: zip(section.curves, pens).map { curve, pen in
            .line(x: kept.map { steps[$0] }, y: kept.map { curve.values[$0] }, pen)
          }, hasHorizontalLabels: isLast))
    }
    let legendWidth = legends.map { $0.size(on: canvas).width }.max() ?? 0
    var area = size.bounds.inset(by: 10)
    area.width -= legendWidth + 12
    draw(panels, legends, on: canvas, in: area, theme)
  }

  private func draw(
    _ panels: [PlotPanel], _ legends: [Legend], on canvas: Canvas, in area: Rectangle,
    _ theme: Theme
  ) {
    let total = sections.reduce(0) { $0 + $1.weight }
    let margins = panels.map { $0.margins(on: canvas, in: area) }
    let below = margins.last?.bottom ?? 0
    let left = margins.map(\.left).max() ?? 0
    let right = margins.map(\.right).max() ?? 0
    var y = area.y
    for (index, panel) in panels.enumerated() {
      let height = (area.height - below) * sections[index].weight / total
      let frame = Rectangle(
        x: area.x + left, y: y + 4, width: area.width - left - right, height: height - 8)
      panel.draw(on: canvas, frame: frame, theme)
      legends[index].draw(on: canvas, at: Point(x: frame.maxX + 14, y: frame.y), theme)
      y += height
    }
  }

  /// The whole loss as a broad band, drawn first: a term that is nearly all of it is seen upon it.
  private func pen(_ index: Int, of section: Section, _ theme: Theme) -> Pen {
    switch section.curves[index].name {
    case "loss": Pen(theme.ink.mixed(with: theme.background, 0.45), width: 4.5)
    case "held-out loss": Pen(theme.ink, width: 1.3, dashes: [4, 4])
    default:
      theme.pen(index - section.curves.count { $0.name.hasSuffix("loss") })
    }
  }

  /// Rows that a plot of this width can show.
  private static let rowLimit = 600
}

extension MathText {
  /// L with the index 2.
  static let squaredNorm = MathText(runs: [
    Run(text: "L", isSlanted: true), Run(text: "2", script: .lowered),
  ])
}
