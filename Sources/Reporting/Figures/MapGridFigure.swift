/// Many quantities over the same variables: what the neurons of a layer do, or what the solution loses
/// without each of them.
public struct MapGridFigure: Figure {
  /// How the quantities are coloured.
  public enum Coloring: Sendable, Equatable {
    /// With one symmetric range for all, such as activations that are compared.
    case shared

    /// Each in a range of its own around zero, which is written above it or, of a curve, beside it.
    case each
  }

  private let fields: FieldMaps
  private let coloring: Coloring

  /// Lays out quantities.
  ///
  /// - Parameters:
  ///   - fields: The quantities.
  ///   - coloring: How they are coloured.
  public init(_ fields: FieldMaps, coloring: Coloring) {
    self.fields = fields
    self.coloring = coloring
  }

  private var maps: [FieldMaps.Map] { fields.maps }
  private var isMap: Bool { fields.grid.sides.count == 2 }
  private var hasNotes: Bool { maps.contains { $0.note != nil } }
  private var hasBar: Bool { coloring == .shared && isMap }
  /// Whether each curve has numbers of its own beside it.
  private var hasOwnNumbers: Bool { coloring == .each && !isMap }
  private var columnCount: Int { min(maps.count, maps.count > 12 ? 6 : 4) }
  private var rowCount: Int { (maps.count + columnCount - 1) / columnCount }

  /// The space above a quantity for its title and note.
  private var header: Double { hasNotes ? 42 : 26 }
  private var gap: Double { hasOwnNumbers ? 50 : 24 }
  private var cellWidth: Double { (columnCount > 4 ? 128 : 166) + gap }
  private var rowHeight: Double { header + (columnCount > 4 ? 112 : 138) }
  private static let titleHeight = 26.0
  private static let barWidth = 70.0

  /// Four or six quantities a row.
  public var size: FigureSize {
    FigureSize(
      width: max(460, 60 + cellWidth * Double(columnCount) + (hasBar ? Self.barWidth : 0)),
      height: Self.titleHeight + 52 + rowHeight * Double(rowCount))
  }

  /// Names the quantities.
  public var summary: String {
    "\(fields.title) over \(fields.grid.sides.map(\.name).joined(separator: ", ")): "
      + maps.map { $0.title + ($0.note.map { ", \($0)" } ?? "") }.joined(separator: "; ")
  }

  /// Draws the quantities row by row; ticks stand at the left and at the bottom of each column alone.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours.
  public func draw(on canvas: Canvas, _ theme: Theme) {
    var title = MathText(fields.title)
    if !fields.grid.fixed.isEmpty { title = title + ", " + fields.grid.slice }
    canvas.draw(
      canvas.truncated(title, to: size.width - 24, size: TextSize.title),
      at: Point(x: 12, y: 24), size: TextSize.title, theme.ink)
    var area = size.bounds.inset(
      by: Margins(top: Self.titleHeight, left: 52, bottom: 44, right: 8))
    area.width = cellWidth * Double(columnCount) - gap
    let shared = MapScale.symmetric(maps.map(\.values))
    for (row, band) in area.rows(rowCount, gap: 0).enumerated() {
      for (column, cell) in band.columns(columnCount, gap: gap).enumerated() {
        let index = row * columnCount + column
        guard index < maps.count else { continue }
        var frame = cell
        frame.y += header
        frame.height -= header + 6
        var panel = FieldPanel(fields.grid).panel(
          maps[index].values, coloring == .shared ? shared : scale(of: maps[index]), theme)
        panel.hasVerticalLabels = column == 0 || hasOwnNumbers
        panel.hasHorizontalLabels = index + columnCount >= maps.count
        panel.draw(on: canvas, frame: frame, theme)
        drawHeader(maps[index], on: canvas, above: frame, theme)
      }
    }
    guard hasBar else { return }
    shared.bar("", for: maps.map(\.values)).draw(
      on: canvas, x: area.maxX + 14, from: area.y + header, to: area.maxY - 6, theme)
  }

  private func drawHeader(
    _ map: FieldMaps.Map, on canvas: Canvas, above frame: Rectangle, _ theme: Theme
  ) {
    var title = MathText(map.title).bold
    if coloring == .each && isMap { title = title + ", " + scale(of: map).name }
    for (text, rise) in [(title, hasNotes ? 22.0 : 7), (MathText(map.note ?? ""), 7)] {
      canvas.draw(
        canvas.truncated(text, to: frame.width, size: TextSize.tick),
        at: Point(x: frame.x, y: frame.y - rise), size: TextSize.tick, theme.ink)
    }
  }

  /// The range of a quantity on its own.
  private func scale(of map: FieldMaps.Map) -> MapScale {
    isMap
      ? .symmetric([map.values])
      : MapScale(map: .diverging, range: ValueRange.covering([map.values, [0]]))
  }
}
