/// Cross-sections of each unknown along its first variable, at some values of the second.
///
/// Lines are the network's, dots the truth's; the equation, if there is one, is a broken line.
public struct SectionsFigure: Figure {
  private let fields: [SampledField]

  /// Cuts fields.
  ///
  /// - Parameter fields: At least one, on grids along two variables.
  public init(_ fields: [SampledField]) {
    precondition(
      !fields.isEmpty && fields.allSatisfy { $0.grid.sides.count == 2 },
      "sections are cut through fields over two variables")
    self.fields = fields
  }

  /// One row for each unknown.
  public var size: FigureSize {
    FigureSize(width: 640, height: 20 + 320 * Double(fields.count))
  }

  /// Names what is cut.
  public var summary: String {
    "Cross-sections of " + fields.map(\.name.plain).joined(separator: ", ")
  }

  /// Draws one plot for each unknown.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours.
  public func draw(on canvas: Canvas, _ theme: Theme) {
    for (field, row) in zip(fields, size.bounds.inset(by: 10).rows(fields.count, gap: 0)) {
      draw(field, on: canvas, in: row, theme)
    }
  }

  private func draw(
    _ field: SampledField, on canvas: Canvas, in area: Rectangle, _ theme: Theme
  ) {
    let (across, along) = (field.grid.sides[0], field.grid.sides[1])
    let x = across.coordinates
    var marks: [Mark] = []
    var entries: [(sample: Legend.Sample, text: MathText)] = []
    for (index, row) in rows(of: along).enumerated() {
      let color = theme.palette[index]
      // Where a section lies upon one before it, both are seen: dots shrink, the last line is broken.
      let isLast = index == Self.places.count - 1
      let pen = Pen(color, width: 1.8, dashes: isLast ? [7, 4] : [])
      func section(_ values: [Double]) -> [Double] {
        Array(values[row * across.count..<(row + 1) * across.count])
      }
      marks.append(.line(x: x, y: section(field.network), pen))
      if let equation = field.equation {
        marks.append(
          .line(x: x, y: section(equation), Pen(theme.ink, width: 1, dashes: [2, 3])))
      }
      if let reference = field.reference {
        let kept = x.indices.filter { $0 % max(1, across.count / Self.dotCount) == 0 }
        let truth = section(reference)
        marks.append(
          .dots(
            x: kept.map { x[$0] }, y: kept.map { truth[$0] }, color,
            radius: 3.4 - 0.5 * Double(index)))
      }
      entries.append(
        (
          .line(pen),
          MathText(formula: along.name) + " = " + MathText(short: along.coordinates[row])
        ))
    }
    entries.append((.line(Pen(theme.muted, width: 1.8)), "network"))
    if field.reference != nil { entries.append((.dot(theme.muted), "reference")) }
    if field.equation != nil {
      entries.append((.line(Pen(theme.ink, width: 1, dashes: [2, 3])), "equation"))
    }
    let legend = Legend(entries: entries)
    let columns = [field.network, field.reference ?? [], field.equation ?? []]
    let panel = PlotPanel(
      title: field.grid.slice,
      horizontal: Axis(MathText(formula: across.name), across.lower...across.upper),
      vertical: Axis(field.name, ValueRange.covering(columns)).padded(by: 0.06), marks: marks)
    var plot = area
    plot.width -= legend.size(on: canvas).width + 14
    let frame = plot.inset(by: panel.margins(on: canvas, in: plot))
    panel.draw(on: canvas, frame: frame, theme)
    legend.draw(on: canvas, at: Point(x: frame.maxX + 14, y: frame.y), theme)
  }

  /// Four rows of the grid.
  private func rows(of side: SamplingGrid.Side) -> [Int] {
    Self.places.map { Int($0 * Double(side.count - 1)) }
  }

  /// Both ends of the side and two places between that no symmetry of it exchanges.
  private static let places = [0, 0.25, 0.625, 1]

  private static let dotCount = 24
}
