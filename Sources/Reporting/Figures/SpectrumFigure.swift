/// How the variance of fields is spread over frequencies: the solution beside its error, and the neurons
/// of a layer.
public struct SpectrumFigure: Figure {
  /// Spectra in one plot.
  public struct Panel: Sendable, Equatable {
    /// What they have in common.
    public let title: String

    /// The spectra.
    public let spectra: [WaveSpectrum]

    /// Gathers spectra.
    ///
    /// - Parameters:
    ///   - title: What they have in common.
    ///   - spectra: At least one.
    public init(title: String, spectra: [WaveSpectrum]) {
      precondition(!spectra.isEmpty, "a plot shows something")
      self.title = title
      self.spectra = spectra
    }
  }

  private let panels: [Panel]

  /// Plots spectra.
  ///
  /// - Parameter panels: At least one plot.
  public init(_ panels: [Panel]) {
    precondition(!panels.isEmpty, "a figure has plots")
    self.panels = panels
  }

  private var columnCount: Int { min(panels.count, 2) }
  private var rowCount: Int { (panels.count + columnCount - 1) / columnCount }

  /// Two plots a row.
  public var size: FigureSize {
    FigureSize(width: 20 + 470 * Double(columnCount), height: 20 + 310 * Double(rowCount))
  }

  /// Names what was transformed.
  public var summary: String {
    "Power spectra: "
      + panels.map { panel in
        let names =
          Self.hasLegend(panel)
          ? panel.spectra.map(\.name).joined(separator: ", ") : "\(panel.spectra.count) lines"
        return "\(panel.title): \(names)"
      }.joined(separator: "; ")
  }

  /// Draws the plots.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours.
  public func draw(on canvas: Canvas, _ theme: Theme) {
    let cells = size.bounds.inset(by: 10).rows(rowCount, gap: 10).flatMap {
      $0.columns(columnCount, gap: 10)
    }
    for (panel, cell) in zip(panels, cells) { draw(panel, on: canvas, in: cell, theme) }
  }

  private func draw(
    _ panel: Panel, on canvas: Canvas, in area: Rectangle, _ theme: Theme
  ) {
    // The mean was taken out: the shell of frequency 0 holds nothing.
    let curves = panel.spectra.map { Array($0.power.dropFirst()) }
    let all = ValueRange.positive(curves)
    // Twelve decades hold what is not rounding, and a small error is shown all the same.
    let smallest = curves.compactMap { $0.filter(\.isFinite).max() }.filter { $0 > 0 }.min() ?? 1
    let floor = min(all.upperBound * 1e-12, smallest * 1e-3)
    let range = max(all.lowerBound, floor)...all.upperBound
    let hasLegend = Self.hasLegend(panel)
    var lines = curves.enumerated().map { index, power in
      (power, hasLegend ? theme.pen(index, width: 1.8) : Pen(theme.palette[5], width: 0.8))
    }
    var entries = zip(panel.spectra, lines).map {
      (sample: Legend.Sample.line($1.1), text: MathText(name: $0.name))
    }
    if !hasLegend {
      let mean = Pen(theme.accent, width: 2.2)
      lines.append((Self.mean(curves), mean))
      entries = [
        (.line(Pen(theme.palette[5], width: 0.8)), MathText("each of \(curves.count)")),
        (.line(mean), "mean"),
      ]
    }
    let legend = Legend(entries: entries)
    let length = curves.map(\.count).max() ?? 1
    let plot = PlotPanel(
      title: MathText(name: panel.title),
      horizontal: Axis("periods along the domain", 1...Double(max(2, length))),
      vertical: Axis("variance", range, scale: .logarithmic).padded(by: 0.04),
      marks: lines.map { .line(x: $0.0.indices.map { Double($0 + 1) }, y: $0.0, $0.1) })
    var place = area
    place.width -= legend.size(on: canvas).width + 14
    let frame = place.inset(by: plot.margins(on: canvas, in: place))
    plot.draw(on: canvas, frame: frame, theme)
    legend.draw(on: canvas, at: Point(x: frame.maxX + 14, y: frame.y), theme)
  }

  private static func mean(_ curves: [[Double]]) -> [Double] {
    (0..<(curves.map(\.count).min() ?? 0)).map { place in
      curves.reduce(0) { $0 + $1[place] } / Double(curves.count)
    }
  }

  private static func hasLegend(_ panel: Panel) -> Bool { panel.spectra.count <= 6 }
}
