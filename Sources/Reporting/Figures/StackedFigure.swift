/// Figures below one another, such as the same plots for each of several unknowns.
public struct StackedFigure: Figure {
  private let figures: [any Figure]

  /// Stacks figures.
  ///
  /// - Parameter figures: From top to bottom; at least one.
  public init(_ figures: [any Figure]) {
    precondition(!figures.isEmpty, "a stack has something in it")
    self.figures = figures
  }

  /// As wide as the widest, as high as all together.
  public var size: FigureSize {
    FigureSize(
      width: figures.map(\.size.width).max() ?? 0,
      height: figures.reduce(0) { $0 + $1.size.height })
  }

  /// What each of them shows.
  public var summary: String { figures.map(\.summary).joined(separator: "; ") }

  /// Draws the figures.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours.
  public func draw(on canvas: Canvas, _ theme: Theme) {
    var origin = Point(x: 0, y: 0)
    for figure in figures {
      canvas.translated(to: origin) { figure.draw(on: canvas, theme) }
      origin.y += figure.size.height
    }
  }
}
