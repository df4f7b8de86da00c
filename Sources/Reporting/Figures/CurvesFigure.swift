/// Curves and points of any origin, in plots one below the other.
public struct CurvesFigure: Figure {
  /// Numbers over numbers.
  public struct Curve: Sendable, Equatable {
    /// How a curve is drawn.
    public enum Style: Sendable {
      case line, broken, dots
    }

    /// What the key calls it.
    public let name: MathText

    /// Where its values were taken.
    public let x: [Double]

    /// Its values; NaN interrupts it.
    public let y: [Double]

    /// How it is drawn.
    public let style: Style

    /// Gathers a curve.
    ///
    /// - Parameters:
    ///   - name: What the key calls it.
    ///   - x: Where its values were taken.
    ///   - y: Its values, one for each x.
    ///   - style: How it is drawn.
    public init(_ name: MathText, x: [Double], y: [Double], style: Style = .line) {
      precondition(x.count == y.count, "one value at each place")
      self.name = name
      self.x = x
      self.y = y
      self.style = style
    }
  }

  /// A side of a plot.
  public struct Side: Sendable, Equatable {
    /// What it measures.
    public let title: MathText

    /// Whether equal distances are equal ratios; only positive numbers have a place then.
    public let isLogarithmic: Bool

    /// Describes a side.
    ///
    /// - Parameters:
    ///   - title: What it measures.
    ///   - isLogarithmic: Whether equal distances are equal ratios.
    public init(_ title: MathText, isLogarithmic: Bool = false) {
      self.title = title
      self.isLogarithmic = isLogarithmic
    }

    fileprivate func axis(_ columns: [[Double]]) -> Axis {
      isLogarithmic
        ? Axis(title, ValueRange.positive(columns), scale: .logarithmic)
        : Axis(title, ValueRange.covering(columns))
    }
  }

  /// One plot.
  public struct Panel: Sendable, Equatable {
    /// What goes from left to right.
    public let horizontal: Side

    /// What goes upwards.
    public let vertical: Side

    /// What is drawn, the first below the others.
    public let curves: [Curve]

    /// Describes a plot.
    ///
    /// - Parameters:
    ///   - horizontal: What goes from left to right.
    ///   - vertical: What goes upwards.
    ///   - curves: What is drawn, at least one, the first below the others.
    public init(horizontal: Side, vertical: Side, _ curves: [Curve]) {
      precondition(!curves.isEmpty, "a plot shows something")
      self.horizontal = horizontal
      self.vertical = vertical
      self.curves = curves
    }
  }

  private let title: String
  private let panels: [Panel]

  /// Draws plots.
  ///
  /// - Parameters:
  ///   - title: What the figure shows, for who cannot see it.
  ///   - panels: The plots from top to bottom, at least one.
  public init(_ title: String, _ panels: [Panel]) {
    precondition(!panels.isEmpty, "a figure has a plot")
    self.title = title
    self.panels = panels
  }

  /// 720 points wide, as high as its plots ask for.
  public var size: FigureSize { FigureSize(width: 720, height: 60 + 210 * Double(panels.count)) }

  /// What the figure shows, and the names of its curves.
  public var summary: String {
    "\(title): "
      + panels.map { $0.curves.map(\.name.plain).joined(separator: ", ") }.joined(separator: "; ")
  }

  /// Draws the plots; of neighbours over the same quantity the lower one alone has its numbers.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours.
  public func draw(on canvas: Canvas, _ theme: Theme) {
    let entries = panels.enumerated().map { index, panel in
      let isShared = index + 1 < panels.count && panels[index + 1].horizontal == panel.horizontal
      let neighbours = panels.filter { $0.horizontal == panel.horizontal }
      let pens = panel.curves.indices.map { pen($0, of: panel, theme) }
      var horizontal = panel.horizontal.axis(neighbours.flatMap { $0.curves.map(\.x) })
      if isShared { horizontal.title = "" }
      return PlotStack.Entry(
        panel: PlotPanel(
          title: "", horizontal: horizontal.padded(by: 0.02),
          vertical: panel.vertical.axis(panel.curves.map(\.y)).padded(by: 0.06),
          marks: zip(panel.curves, pens).map { mark($0, $1) }, hasHorizontalLabels: !isShared),
        legend: Legend(
          entries: zip(panel.curves, pens).map { curve, pen in
            (curve.style == .dots ? .dot(pen.color) : .line(pen), curve.name)
          }), weight: 1)
    }
    PlotStack(entries: entries).draw(on: canvas, in: size.bounds.inset(by: 10), theme)
  }

  private func mark(_ curve: Curve, _ pen: Pen) -> Mark {
    let stride = max(1, curve.x.count / Self.sampleLimit)
    let kept = curve.x.indices.filter { $0 % stride == 0 || $0 == curve.x.count - 1 }
    let (x, y) = (kept.map { curve.x[$0] }, kept.map { curve.y[$0] })
    return curve.style == .dots ? .dots(x: x, y: y, pen.color, radius: 2) : .line(x: x, y: y, pen)
  }

  /// More samples than these lie closer together than a plot of this width can show.
  private static let sampleLimit = 240

  private func pen(_ index: Int, of panel: Panel, _ theme: Theme) -> Pen {
    let pen = theme.pen(index, width: 1.8)
    return panel.curves[index].style == .broken
      ? Pen(pen.color, width: pen.width, dashes: [5, 3]) : pen
  }
}
