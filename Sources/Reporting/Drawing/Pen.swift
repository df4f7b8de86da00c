/// How a line is drawn.
struct Pen: Equatable {
  let color: Color

  /// In points.
  let width: Double

  /// Lengths of dashes and gaps in turn, in points; none for a solid line.
  let dashes: [Double]

  init(_ color: Color, width: Double = 1, dashes: [Double] = []) {
    self.color = color
    self.width = width
    self.dashes = dashes
  }
}
