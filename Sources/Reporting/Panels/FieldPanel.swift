/// Plots of fields over one grid: in colours over two variables, as a curve over one.
struct FieldPanel {
  private let grid: SamplingGrid

  init(_ grid: SamplingGrid) {
    self.grid = grid
  }

  /// The plot of a field without a title.
  func panel(_ values: [Double], _ scale: MapScale, _ theme: Theme) -> PlotPanel {
    guard grid.sides.count == 1 else {
      return FieldMap(grid, values, scale).panel("", theme)
    }
    let side = grid.sides[0]
    return PlotPanel(
      title: "", horizontal: Axis(MathText(formula: side.name), side.lower...side.upper),
      vertical: Axis("", scale.range).padded(by: 0.06),
      marks: [.line(x: side.coordinates, y: values, Pen(theme.palette[0], width: 1.8))])
  }
}
