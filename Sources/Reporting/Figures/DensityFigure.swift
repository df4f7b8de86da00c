#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How often features are active: a histogram of log10 of the share of samples, in tenths.
public struct DensityFigure: Figure {
  private let site: String
  private let densities: [Double]

  /// Counts features.
  ///
  /// - Parameters:
  ///   - densities: For each feature the share of samples that it is active in, in 0...1; 0 for a
  ///     dead one.
  ///   - site: The layer.
  public init(_ densities: [Double], of site: String) {
    self.densities = densities
    self.site = site
  }

  /// 560 by 320 points.
  public var size: FigureSize { FigureSize(width: 560, height: 320) }

  /// Says how many features are dead.
  public var summary: String { "Histogram of log10 of the densities of \(title)" }

  /// Draws the histogram.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours.
  public func draw(on canvas: Canvas, _ theme: Theme) {
    let logarithms = densities.filter { $0 > 0 }.map { log10($0) }
    let range = ValueRange.covering([logarithms])
    // Bins begin at whole tenths, so that histograms of two dictionaries can be compared.
    let last = Int((range.upperBound * 10).rounded(.up))
    let first = min(Int((range.lowerBound * 10).rounded(.down)), last - 10)
    var heights = [Double](repeating: 0, count: last - first)
    for logarithm in logarithms {
      heights[min(Int((logarithm * 10).rounded(.down)) - first, heights.count - 1)] += 1
    }
    let edges = (first...last).map { Double($0) / 10 }
    let panel = PlotPanel(
      title: MathText(title),
      horizontal: Axis(
        MathText.decimalLogarithm + " of the share of samples that a feature is active in",
        edges[0]...edges[edges.count - 1]),
      vertical: Axis("features", 0...(max(1, heights.max() ?? 1) * 1.06), isWhole: true),
      marks: [.bars(edges: edges, heights: heights, theme.palette[0])])
    let area = size.bounds.inset(by: 10)
    panel.draw(on: canvas, frame: area.inset(by: panel.margins(on: canvas, in: area)), theme)
  }

  private var title: String { "\(densities.count) features of \(site), \(dead) dead" }

  private var dead: Int { densities.count { $0 == 0 } }
}
