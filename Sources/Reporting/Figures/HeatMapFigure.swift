/// A table in colours: probes by layer and target, correlations of features with fields, cosines of
/// decoder directions.
public struct HeatMapFigure: Figure {
  /// Columns that belong together, set apart from the next ones.
  public struct Group: Sendable, Equatable {
    /// What stands above them.
    public let title: String

    /// Number of columns.
    public let count: Int

    /// Gathers columns.
    ///
    /// - Parameters:
    ///   - title: What stands above them; empty for nothing.
    ///   - count: Number of columns, at least one.
    public init(title: String, count: Int) {
      precondition(count > 0, "a group has columns")
      self.title = title
      self.count = count
    }
  }

  private let title: MathText
  private let table: NamedTable
  private let coloring: CellColoring
  private let hatchedBelow: Double?
  private let groups: [Group]

  /// Draws a table.
  ///
  /// - Parameters:
  ///   - title: What the numbers are.
  ///   - table: The numbers.
  ///   - coloring: How numbers become colours.
  ///   - hatchedBelow: Magnitudes below this are hatched: too small to be read anything into.
  ///   - groups: Which columns belong together, from left to right; all of them unless given.
  public init(
    title: MathText, _ table: NamedTable, coloring: CellColoring, hatchedBelow: Double? = nil,
    groups: [Group] = []
  ) {
    precondition(
      groups.isEmpty || groups.reduce(0) { $0 + $1.count } == table.columns.count,
      "each column is in one group")
    self.title = title
    self.table = table
    self.coloring = coloring
    self.hatchedBelow = hatchedBelow
    self.groups = groups.isEmpty ? [Group(title: "", count: table.columns.count)] : groups
  }

  /// As large as its cells ask for.
  public var size: FigureSize {
    FigureSize(
      width: max(
        x(of: table.columns.count - 1) + cell.width + 120,
        24 + Self.letter * Double(title.plain.count) * TextSize.title / TextSize.tick),
      height: top + 20 + cellsHeight + (hatchedBelow == nil ? 0 : 18))
  }

  /// Says what is tabulated.
  public var summary: String {
    "\(title.plain): \(table.rows.count) rows by \(table.columns.count) columns"
  }

  /// Draws the cells with names above and beside, and the key to the colours.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours.
  public func draw(on canvas: Canvas, _ theme: Theme) {
    canvas.draw(title, at: Point(x: 12, y: 24), size: TextSize.title, theme.ink)
    for (index, name) in table.rows.enumerated() where isNamed(index, cell.height) {
      let y = top + (Double(index) + 0.5) * cell.height
      canvas.draw(
        canvas.truncated(MathText(name: name), to: left - 18, size: TextSize.tick),
        at: Point(x: left - 8, y: y + TextSize.middle * TextSize.tick), .end,
        size: TextSize.tick, theme.ink)
    }
    for (index, name) in table.columns.enumerated() where isNamed(index, cell.width) {
      drawColumnName(name, on: canvas, x: x(of: index) + cell.width / 2, theme)
    }
    var first = 0
    for group in groups {
      draw(group, from: first, on: canvas, theme)
      first += group.count
    }
    coloring.bar(for: table.values).draw(
      on: canvas, x: x(of: table.columns.count - 1) + cell.width + 18, from: top,
      to: top + cellsHeight, theme)
    guard let hatchedBelow else { return }
    canvas.draw(
      "hatched: magnitude below " + MathText(short: hatchedBelow),
      at: Point(x: left, y: size.height - 12), size: TextSize.tick, theme.muted)
  }

  private func draw(_ group: Group, from first: Int, on canvas: Canvas, _ theme: Theme) {
    let columns = first..<first + group.count
    let scale = coloring.scale(for: table.values)
    let area = Rectangle(
      x: x(of: first), y: top, width: cell.width * Double(group.count),
      height: cell.height * Double(table.rows.count))
    canvas.draw(
      MathText(group.title), at: Point(x: area.center.x, y: 52), .middle, size: TextSize.label,
      theme.muted)
    canvas.draw(
      scale.picture(
        table.values.reversed().flatMap { $0[columns].map(coloring.shown) },
        columns: group.count, theme), in: area)
    // Small cells are a picture, larger ones a table with lines between.
    guard min(cell.width, cell.height) >= 12 else { return }
    let cells = area.rows(table.rows.count, gap: 0).enumerated().flatMap { row, line in
      line.columns(group.count, gap: 0).enumerated().map { column, place in
        (value: table.values[row][first + column], place: place)
      }
    }
    if let hatchedBelow {
      canvas.hatch(
        cells.filter { abs($0.value) < hatchedBelow }.map(\.place),
        Pen(Color(hex: 0x8A929B), width: 0.8))
    }
    for cell in cells { decorate(cell.value, scale, on: canvas, in: cell.place, theme) }
  }

  private func decorate(
    _ value: Double, _ scale: MapScale, on canvas: Canvas, in area: Rectangle, _ theme: Theme
  ) {
    if cell.height >= 18 && cell.width >= 34 && !value.isNaN {
      let color = scale.color(of: coloring.shown(value))
      canvas.draw(
        coloring.text(of: value),
        at: Point(x: area.center.x, y: area.center.y + TextSize.middle * 9), .middle, size: 9,
        Color(hex: color.isBright ? 0x1B1F24 : 0xFFFFFF))
    }
    canvas.stroke(area, Pen(theme.background, width: 1))
  }

  private func drawColumnName(
    _ name: String, on canvas: Canvas, x: Double, _ theme: Theme
  ) {
    let text = canvas.truncated(
      MathText(name: name), to: hasUprightNames ? nameHeight : cell.width, size: TextSize.tick)
    guard hasUprightNames else {
      canvas.draw(text, at: Point(x: x, y: top - 8), .middle, size: TextSize.tick, theme.ink)
      return
    }
    let point = Point(x: x + TextSize.middle * TextSize.tick, y: top - 8)
    canvas.rotated(by: -.pi / 2, around: point) {
      canvas.draw(text, at: point, size: TextSize.tick, theme.ink)
    }
  }
}

// MARK: - Layout

extension HeatMapFigure {
  /// The width of a letter, about.
  private static let letter = 6.3

  private static func width(of names: [String]) -> Double {
    letter * Double(names.map(\.count).max() ?? 0)
  }

  private var cell: (width: Double, height: Double) {
    let titles = groups.map { Self.width(of: [$0.title]) / Double($0.count) }.max() ?? 0
    return (
      max(min(max(640 / Double(table.columns.count), 4), 56), titles),
      min(max(520 / Double(table.rows.count), 4), 26)
    )
  }

  private var cellsHeight: Double { max(cell.height * Double(table.rows.count), 104) }

  /// Whether there is room for the name of a row or column.
  private func isNamed(_ index: Int, _ extent: Double) -> Bool {
    index % max(1, Int((13 / extent).rounded(.up))) == 0
  }

  private func x(of column: Int) -> Double {
    var (end, before) = (0, 0)
    for group in groups {
      end += group.count
      if column >= end { before += 1 }
    }
    return left + Double(column) * cell.width + 12 * Double(before)
  }

  /// Room for the names of rows.
  private var left: Double { min(150, max(60, 22 + Self.width(of: table.rows))) }

  /// Whether the names of columns are turned, because one is wider than its column.
  private var hasUprightNames: Bool { Self.width(of: table.columns) > cell.width }

  private var nameHeight: Double { min(110, Self.width(of: table.columns) + 4) }

  /// Room for the title and the names of columns.
  private var top: Double {
    (groups.contains { !$0.title.isEmpty } ? 60 : 42) + (hasUprightNames ? nameHeight + 4 : 18)
  }
}
