/// A field over two variables in colours.
struct FieldMap {
  private let grid: SamplingGrid
  private let values: [Double]
  private let scale: MapScale

  init(_ grid: SamplingGrid, _ values: [Double], _ scale: MapScale) {
    precondition(grid.sides.count == 2, "a map has two directions")
    self.grid = grid
    self.values = values
    self.scale = scale
  }

  /// The plot.
  func panel(_ title: MathText, _ theme: Theme) -> PlotPanel {
    let (across, up) = (cells(grid.sides[0]), cells(grid.sides[1]))
    let shown = up.flatMap { row in across.map { values[row * grid.sides[0].count + $0] } }
    return PlotPanel(
      title: title, horizontal: axis(grid.sides[0]), vertical: axis(grid.sides[1]),
      marks: [.cells(scale.picture(shown, columns: across.count, theme))], hasGrid: false)
  }

  /// The sample that each cell of a side shows: all in turn where they stand at equal distances,
  /// else the nearest.
  private func cells(_ side: SamplingGrid.Side) -> [Int] {
    let step = (side.upper - side.lower) / Double(side.count - 1)
    let isEven = side.coordinates.indices.allSatisfy {
      abs(side.coordinates[$0] - side.lower - Double($0) * step) < 1e-3 * step
    }
    guard !isEven else { return Array(0..<side.count) }
    var nearest = 0
    return (0..<Self.cellCount).map { cell in
      let place =
        side.lower + (side.upper - side.lower) * Double(cell) / Double(Self.cellCount - 1)
      while nearest + 1 < side.count,
        abs(side.coordinates[nearest + 1] - place) <= abs(side.coordinates[nearest] - place)
      {
        nearest += 1
      }
      return nearest
    }
  }

  private func axis(_ side: SamplingGrid.Side) -> Axis {
    Axis(MathText(formula: side.name), side.lower...side.upper)
  }

  /// Cells for samples at unequal distances.
  private static let cellCount = 512
}
