/// What a plot shows, in the numbers of its axes.
enum Mark {
  /// A line through points; NaN interrupts it.
  case line(x: [Double], y: [Double], Pen)

  /// Discs at points.
  case dots(x: [Double], y: [Double], Color, radius: Double)

  /// Coloured cells that fill the plot.
  case cells(Picture)

  /// Bars from the lower end of the axis; one more edge than heights.
  case bars(edges: [Double], heights: [Double], Color)
}
