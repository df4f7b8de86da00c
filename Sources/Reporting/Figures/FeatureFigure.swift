/// What a layer was taken apart into: each feature over the domain, with how often it is active, the
/// field that it goes with, and the equation of its activation.
public struct FeatureFigure: Figure {
  private let features: SparseFeatures
  private let maps: FieldMaps

  /// Shows features.
  ///
  /// - Parameters:
  ///   - features: The features.
  ///   - maps: Their activations over the domain, those of the most active first.
  public init(_ features: SparseFeatures, _ maps: FieldMaps) {
    self.features = features
    self.maps = maps
  }

  private var columnCount: Int { min(maps.maps.count, 2) }
  private var rowCount: Int { (maps.maps.count + 1) / 2 }
  private static let mapWidth = 190.0
  private static let textWidth = 246.0
  private static let left = 50.0
  private static let gap = 14.0
  private static let rowHeight = 132.0
  private static let top = 34.0
  private var cellWidth: Double { Self.left + Self.mapWidth + Self.gap + Self.textWidth }

  /// Two features a row.
  public var size: FigureSize {
    FigureSize(
      width: 16 + cellWidth * Double(columnCount),
      height: Self.top + Self.rowHeight * Double(rowCount) + 36)
  }

  /// Names the features and their equations.
  public var summary: String {
    "\(title): "
      + features.live.prefix(maps.maps.count).map { feature in
        "feature \(feature.index)" + (feature.equation.map { " = \($0)" } ?? "")
      }.joined(separator: "; ")
  }

  private var title: String {
    let (live, all) = (features.live.count, features.features.count)
    let shown = maps.maps.count < live ? "the \(maps.maps.count) most active of " : ""
    return "Features of \(features.site): \(shown)\(live) live ones, \(all - live) dead"
  }

  /// Draws maps with the text beside them.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours.
  public func draw(on canvas: Canvas, _ theme: Theme) {
    canvas.draw(MathText(title), at: Point(x: 12, y: 24), size: TextSize.title, theme.ink)
    for (index, pair) in zip(maps.maps, features.live).enumerated() {
      let (map, feature) = pair
      let frame = Rectangle(
        x: Self.left + cellWidth * Double(index % 2),
        y: Self.top + 10 + Self.rowHeight * Double(index / 2), width: Self.mapWidth,
        height: Self.rowHeight - 22)
      let scale = MapScale.fitting([map.values])
      var panel = FieldPanel(maps.grid).panel(map.values, scale, theme)
      panel.hasHorizontalLabels = index + 2 >= maps.maps.count
      panel.draw(on: canvas, frame: frame, theme)
      draw(feature, scale, on: canvas, at: Point(x: frame.maxX + Self.gap, y: frame.y), theme)
    }
  }

  private func draw(
    _ feature: SparseFeatures.Feature, _ scale: MapScale, on canvas: Canvas, at corner: Point,
    _ theme: Theme
  ) {
    var lines: [(text: MathText, color: Color)] = [
      (MathText("feature \(feature.index)").bold + ",  " + scale.name, theme.ink),
      (
        "active in " + MathText(short: 100 * feature.density) + " % of samples", theme.muted
      ),
    ]
    if let field = feature.field, let r = feature.correlation {
      lines.append(
        (
          "r = " + MathText(short: (100 * r).rounded() / 100) + " with " + MathText(name: field),
          theme.muted
        ))
    }
    if let equation = feature.equation {
      let formula = canvas.lines(
        of: "= " + MathText(formula: equation), to: Self.textWidth - 8, size: TextSize.label,
        atMost: 3)
      lines += formula.map { ($0, theme.ink) }
      if let rSquared = feature.rSquared {
        lines.append(("which has R² = " + MathText(short: rSquared), theme.muted))
      }
    }
    for (index, line) in lines.enumerated() {
      canvas.draw(
        line.text, at: Point(x: corner.x, y: corner.y + 10 + 16 * Double(index)),
        size: TextSize.label, line.color)
    }
  }
}
