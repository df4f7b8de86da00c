/// A picture that can be drawn at any resolution.
public protocol Figure: Sendable {
  /// The extent.
  var size: FigureSize { get }

  /// What the figure shows, in a sentence for who cannot see it.
  var summary: String { get }

  /// Draws the figure on a canvas whose background is there already.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours to draw in.
  func draw(on canvas: Canvas, _ theme: Theme)
}
