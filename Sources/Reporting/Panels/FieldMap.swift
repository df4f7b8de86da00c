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
    PlotPanel(
      title: title, horizontal: axis(grid.sides[0]), vertical: axis(grid.sides[1]),
      marks: [.cells(scale.picture(values, columns: grid.sides[0].count, theme))], hasGrid: false)
  }

  private func axis(_ side: SamplingGrid.Side) -> Axis {
    Axis(MathText(formula: side.name), side.lower...side.upper)
  }
}
