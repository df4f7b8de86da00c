/// Many fields over the same two variables: the neurons of a layer, or sparse features with the
/// equations that describe them.
public struct MapGridFigure: Figure {
  /// One field.
  public struct Map: Sendable, Equatable {
    /// What it is, such as `neuron 3`.
    public let title: String

    /// An equation for it, if there is one.
    public let equation: String?

    /// One number for each sample; NaN for none.
    public let values: [Double]

    /// Names a field.
    ///
    /// - Parameters:
    ///   - title: What it is.
    ///   - equation: An equation for it, if there is one.
    ///   - values: One number for each sample.
    public init(title: String, equation: String? = nil, values: [Double]) {
      self.title = title
      self.equation = equation
      self.values = values
    }
  }

  /// How the fields are coloured.
  public enum Coloring: Sendable, Equatable {
    /// With one symmetric range for all, such as activations that are compared.
    case shared

    /// Each from 0 to its own maximum, which is written below, such as sparse features.
    case each
  }

  private let maps: [Map]
  private let grid: SamplingGrid
  private let coloring: Coloring

  /// Lays out fields.
  ///
  /// - Parameters:
  ///   - maps: At least one field.
  ///   - grid: Where all of them were sampled, along two variables.
  ///   - coloring: How they are coloured.
  public init(_ maps: [Map], on grid: SamplingGrid, coloring: Coloring) {
    precondition(
      !maps.isEmpty && grid.sides.count == 2 && maps.allSatisfy { $0.values.count == grid.count },
      "maps are of two variables and on one grid")
    self.maps = maps
    self.grid = grid
    self.coloring = coloring
  }

  private var columnCount: Int { min(maps.count, 4) }
  private var rowCount: Int { (maps.count + columnCount - 1) / columnCount }
  /// The space above a field for its title and equation.
  private var header: Double { maps.contains { $0.equation != nil } ? 42 : 26 }
  private var rowHeight: Double { header + 138 }
  private static let barWidth = 70.0

  /// Four fields a row.
  public var size: FigureSize {
    FigureSize(
      width: 60 + 185 * Double(columnCount) + (coloring == .shared ? Self.barWidth : 0),
      height: 60 + rowHeight * Double(rowCount))
  }

  /// Names the fields.
  public var summary: String {
    "Maps over \(grid.sides.map(\.name).joined(separator: ", ")): "
      + maps.map { $0.title + ($0.equation.map { " = \($0)" } ?? "") }.joined(separator: "; ")
  }

  /// Draws the fields row by row; ticks stand at the left and at the bottom of each column alone.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours.
  public func draw(on canvas: Canvas, _ theme: Theme) {
    let shared = MapScale(map: .diverging, range: ValueRange.symmetric(maps.map(\.values)))
    var area = size.bounds.inset(by: Margins(top: 8, left: 52, bottom: 44, right: 8))
    if coloring == .shared { area.width -= Self.barWidth }
    for (row, band) in area.rows(rowCount, gap: 0).enumerated() {
      for (column, cell) in band.columns(columnCount, gap: 18).enumerated() {
        let index = row * columnCount + column
        guard index < maps.count else { continue }
        var frame = cell
        frame.y += header
        frame.height -= header + 6
        let isLowest = index + columnCount >= maps.count
        draw(
          maps[index], scale(of: maps[index], shared), on: canvas, frame,
          isFirst: column == 0, isLowest: isLowest, theme)
      }
    }
    guard coloring == .shared else { return }
    shared.bar("", for: maps.map(\.values)).draw(
      on: canvas, x: area.maxX + 14, from: area.y + header, to: area.maxY - 6, theme)
  }

  private func scale(of map: Map, _ shared: MapScale) -> MapScale {
    guard coloring == .each else { return shared }
    return MapScale(map: .glowing, range: 0...max(maximum(of: map), .leastNormalMagnitude))
  }

  private func maximum(of map: Map) -> Double { map.values.filter(\.isFinite).max() ?? 0 }

  private func draw(
    _ map: Map, _ scale: MapScale, on canvas: Canvas, _ frame: Rectangle, isFirst: Bool,
    isLowest: Bool, _ theme: Theme
  ) {
    var panel = FieldMap(grid, map.values, scale).panel("", theme)
    panel.hasVerticalLabels = isFirst
    panel.hasHorizontalLabels = isLowest
    panel.draw(on: canvas, frame: frame, theme)
    var title = MathText(map.title).bold
    if coloring == .each { title = title + ", max " + MathText(short: maximum(of: map)) }
    let hasEquations = maps.contains { $0.equation != nil }
    canvas.draw(
      canvas.truncated(title, to: frame.width, size: TextSize.tick),
      at: Point(x: frame.x, y: frame.y - (hasEquations ? 22 : 7)), size: TextSize.tick, theme.ink)
    guard let equation = map.equation else { return }
    canvas.draw(
      canvas.truncated(MathText(formula: equation), to: frame.width, size: TextSize.tick),
      at: Point(x: frame.x, y: frame.y - 7), size: TextSize.tick, theme.ink)
  }
}
