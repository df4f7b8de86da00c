/// The key to the lines of a plot, one below the other.
struct Legend {
  /// What is explained.
  enum Sample {
    case line(Pen)
    case dot(Color)
  }

  let entries: [(sample: Sample, text: MathText)]

  private static let sampleWidth = 22.0
  private static let gap = 6.0
  private static let lineHeight = 16.0

  /// The space that the legend takes.
  func size(on canvas: Canvas) -> FigureSize {
    let widths = entries.map { canvas.width(of: $0.text, size: TextSize.tick) }
    return FigureSize(
      width: Self.sampleWidth + Self.gap + (widths.max() ?? 0),
      height: max(1, Self.lineHeight * Double(entries.count)))
  }

  /// Draws the legend with its upper left corner at a point.
  func draw(on canvas: Canvas, at corner: Point, _ theme: Theme) {
    for (index, entry) in entries.enumerated() {
      let y = corner.y + Self.lineHeight * (Double(index) + 0.5)
      switch entry.sample {
      case .line(let pen):
        canvas.stroke(
          [Point(x: corner.x, y: y), Point(x: corner.x + Self.sampleWidth, y: y)], pen)
      case .dot(let color):
        canvas.disc(
          Point(x: corner.x + Self.sampleWidth / 2, y: y), radius: 3, color, rim: color)
      }
      canvas.draw(
        entry.text,
        at: Point(
          x: corner.x + Self.sampleWidth + Self.gap, y: y + TextSize.middle * TextSize.tick),
        size: TextSize.tick, theme.ink)
    }
  }
}
