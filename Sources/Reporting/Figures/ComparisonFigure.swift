/// Each unknown as the network has it, as its counterpart has it, and their difference.
///
/// The two fields share one range of colours; that of the difference is as wide below zero as above.
public struct ComparisonFigure: Figure {
  private let fields: [SampledField]
  private let counterpart: SampledField.Counterpart

  /// Compares fields.
  ///
  /// - Parameters:
  ///   - fields: At least one, all with the counterpart and on grids of the same dimension.
  ///   - counterpart: What the network is compared with.
  public init(_ fields: [SampledField], with counterpart: SampledField.Counterpart) {
    precondition(
      !fields.isEmpty && fields.allSatisfy { $0.values(of: counterpart) != nil },
      "fields are compared with something")
    self.fields = fields
    self.counterpart = counterpart
  }

  private var isMap: Bool { fields[0].grid.sides.count == 2 }

  /// Room above maps for the values of the other variables.
  private var headHeight: Double { fields.allSatisfy(\.grid.fixed.isEmpty) ? 0 : 18 }

  /// One row for each unknown.
  public var size: FigureSize {
    isMap
      ? FigureSize(width: 960, height: 20 + (285 + headHeight) * Double(fields.count))
      : FigureSize(width: 860, height: 20 + 280 * Double(fields.count))
  }

  /// Names the unknowns and how far apart the two are.
  public var summary: String {
    "Network, \(counterpart.rawValue) and their difference: "
      + fields.map { field in
        let error = field.relativeL2(to: counterpart).map { MathText(short: $0).plain } ?? "?"
        return "\(field.name.plain), relative L2 \(error)"
      }.joined(separator: "; ")
  }

  /// Draws one row for each unknown.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours.
  public func draw(on canvas: Canvas, _ theme: Theme) {
    let rows = size.bounds.inset(by: 10).rows(fields.count, gap: 0)
    if isMap {
      drawMaps(fields.map { maps($0, theme) }, on: canvas, in: rows, theme)
    } else {
      drawCurves(fields.map { curves($0, theme) }, on: canvas, in: rows, theme)
    }
  }

  private func difference(_ field: SampledField) -> [Double] {
    zip(field.network, field.values(of: counterpart) ?? []).map { $0 - $1 }
  }

  /// How far apart the two are.
  private func distance(_ field: SampledField) -> MathText {
    let word: MathText = counterpart == .reference ? "error" : "difference"
    guard let distance = field.relativeL2(to: counterpart) else { return word }
    return word + ", relative " + .squaredNorm + " " + MathText(short: distance)
  }

  private var differenceName: MathText { MathText("network \u{2212} \(counterpart.rawValue)") }
}

// MARK: - Two variables

extension ComparisonFigure {
  /// The plots of an unknown, the keys to the colours of the first two and of the last, and where in the
  /// other variables it is cut.
  private typealias Maps = (panels: [PlotPanel], bars: [ColorBar], slice: MathText)

  private func maps(_ field: SampledField, _ theme: Theme) -> Maps {
    let other = field.values(of: counterpart) ?? []
    let difference = difference(field)
    let shared = MapScale(map: .sequential, range: ValueRange.covering([field.network, other]))
    let error = MapScale(map: .diverging, range: ValueRange.symmetric([difference]))
    return (
      panels: [
        FieldMap(field.grid, field.network, shared).panel("network  " + field.name, theme),
        FieldMap(field.grid, other, shared).panel(MathText(counterpart.rawValue), theme),
        FieldMap(field.grid, difference, error).panel(distance(field), theme),
      ],
      bars: [
        shared.bar("", for: [field.network, other]),
        error.bar(differenceName, for: [difference]),
      ],
      slice: field.grid.slice
    )
  }

  /// Draws unknowns below one another, their plots in line.
  private func drawMaps(
    _ unknowns: [Maps], on canvas: Canvas, in rows: [Rectangle], _ theme: Theme
  ) {
    let area = rows[0]
    let margins = unknowns.flatMap(\.panels).map { $0.margins(on: canvas, in: area) }
    let top = margins.map(\.top).max() ?? 0
    let bottom = margins.map(\.bottom).max() ?? 0
    let left = unknowns.map { $0.panels[0].margins(on: canvas, in: area).left }.max() ?? 0
    let height = area.height - headHeight - top - bottom
    let barWidths = (0..<2).map { place in
      unknowns.map { $0.bars[place].width(on: canvas, height: height) }.max() ?? 0
    }
    let (gap, barGap, barEnd) = (28.0, 10.0, 22.0)
    let width =
      (area.width - left - gap - 2 * barGap - barEnd - barWidths.reduce(0, +)) / 3
    for (unknown, row) in zip(unknowns, rows) {
      canvas.draw(
        unknown.slice, at: Point(x: row.x + left, y: row.y + TextSize.label), size: TextSize.label,
        theme.muted)
      var x = row.x + left
      for (index, var panel) in unknown.panels.enumerated() {
        panel.hasVerticalLabels = index == 0
        let frame = Rectangle(x: x, y: row.y + headHeight + top, width: width, height: height)
        panel.draw(on: canvas, frame: frame, theme)
        x = frame.maxX
        guard index > 0 else {
          x += gap
          continue
        }
        unknown.bars[index - 1].draw(
          on: canvas, x: x + barGap, from: frame.y, to: frame.maxY, theme)
        x += barGap + barWidths[index - 1] + barEnd
      }
    }
  }
}

// MARK: - One variable

extension ComparisonFigure {
  private func pens(_ theme: Theme) -> [Pen] {
    [Pen(theme.palette[0], width: 2.5), Pen(theme.accent, width: 1.5, dashes: [5, 3])]
  }

  /// The plots of an unknown: the two curves, and their difference.
  private func curves(_ field: SampledField, _ theme: Theme) -> [PlotPanel] {
    let other = field.values(of: counterpart) ?? []
    let difference = difference(field)
    let side = field.grid.sides[0]
    let x = side.coordinates
    let pens = pens(theme)
    let horizontal = Axis(MathText(formula: side.name), side.lower...side.upper)
    return [
      PlotPanel(
        title: field.grid.slice, horizontal: horizontal,
        vertical: Axis(field.name, ValueRange.covering([field.network, other])).padded(by: 0.06),
        marks: [.line(x: x, y: field.network, pens[0]), .line(x: x, y: other, pens[1])]),
      PlotPanel(
        title: distance(field), horizontal: horizontal,
        vertical: Axis(differenceName, ValueRange.covering([difference])).padded(by: 0.06),
        marks: [.line(x: x, y: difference, Pen(theme.palette[0], width: 1.5))]),
    ]
  }

  /// Draws unknowns below one another, their plots in line.
  private func drawCurves(
    _ unknowns: [[PlotPanel]], on canvas: Canvas, in rows: [Rectangle], _ theme: Theme
  ) {
    let legend = Legend(
      entries: zip(pens(theme), ["network", counterpart.rawValue]).map {
        (.line($0), MathText($1))
      })
    let legendWidth = legend.size(on: canvas).width + 14
    func cells(_ row: Rectangle) -> [Rectangle] {
      var plots = row
      plots.width -= legendWidth
      return plots.columns(2, gap: 14)
    }
    let common = unknowns.joined().reduce(Margins(top: 0, left: 0, bottom: 0, right: 0)) {
      $0.union($1.margins(on: canvas, in: cells(rows[0])[0]))
    }
    for (panels, row) in zip(unknowns, rows) {
      for (panel, cell) in zip(panels, cells(row)) {
        panel.draw(on: canvas, frame: cell.inset(by: common), theme)
      }
      legend.draw(
        on: canvas, at: Point(x: row.maxX - legendWidth + 14, y: row.y + common.top), theme)
    }
  }
}
