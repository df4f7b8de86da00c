#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How often features are active: a histogram of log10 of the share of samples.
public struct DensityFigure: Figure {
  private let densities: [Double]

  /// Counts features.
  ///
  /// - Parameter densities: For each feature the share of samples that it is active in, in 0...1;
  ///   0 for a dead one.
  public init(_ densities: [Double]) {
    self.densities = densities
  }

  /// 560 by 320 points.
  public var size: FigureSize { FigureSize(width: 560, height: 320) }

  /// Says how many features are dead.
  public var summary: String {
    "Histogram of the densities of \(densities.count) features, \(dead) of them dead"
  }

  /// Draws the histogram.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours.
  public func draw(on canvas: Canvas, _ theme: Theme) {
    let range = ValueRange.positive([densities.filter { $0 > 0 }])
    let axis = Axis("share of samples with the feature active", range, scale: .logarithmic)
    var heights = [Double](repeating: 0, count: Self.binCount)
    for density in densities where density > 0 {
      let bin = Int(axis.fraction(of: density) * Double(Self.binCount))
      heights[min(max(bin, 0), Self.binCount - 1)] += 1
    }
    let (lower, upper) = (log10(range.lowerBound), log10(range.upperBound))
    let edges = (0...Self.binCount).map {
      pow(10, lower + (upper - lower) * Double($0) / Double(Self.binCount))
    }
    let panel = PlotPanel(
      title: MathText("\(densities.count) features, \(dead) dead"), horizontal: axis,
      vertical: Axis("features", 0...(max(1, heights.max() ?? 1) * 1.06), isWhole: true),
      marks: [.bars(edges: edges, heights: heights, theme.palette[0])])
    let area = size.bounds.inset(by: 10)
    panel.draw(on: canvas, frame: area.inset(by: panel.margins(on: canvas, in: area)), theme)
  }

  private var dead: Int { densities.count { $0 == 0 } }

  private static let binCount = 40
}
