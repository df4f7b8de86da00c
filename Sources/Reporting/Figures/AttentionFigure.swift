/// What each head of a transformer looks at: the looking token in the row, the one looked at in the
/// column.
public struct AttentionFigure: Figure {
  private let maps: AttentionMaps

  /// Draws heads.
  ///
  /// - Parameter maps: The heads.
  public init(_ maps: AttentionMaps) {
    self.maps = maps
  }

  private static let side = 112.0
  private static let gap = 12.0
  private static let header = 20.0
  private static let top = 36.0

  private var layers: [Int] { Array(Set(maps.heads.map(\.layer))).sorted() }
  private var columnCount: Int {
    layers.map { layer in maps.heads.count { $0.layer == layer } }.max() ?? 1
  }
  /// Whether there is room for the tokens beside a map.
  private var hasTokens: Bool { maps.tokens.count <= 16 }

  /// The size of their letters, which fit the rows.
  private var tokenSize: Double { min(9, Self.side / Double(maps.tokens.count)) }
  private var tokenWidth: Double {
    hasTokens ? 8 + 6.3 * Double(maps.tokens.map(\.count).max() ?? 0) : 8
  }
  private var left: Double { 12 + tokenWidth }

  /// A row for each layer.
  public var size: FigureSize {
    FigureSize(
      width: max(360, left + (Self.side + Self.gap) * Double(columnCount) + 90),
      height: Self.top + (Self.side + Self.header) * Double(layers.count) + 14 + tokenWidth)
  }

  /// Counts the heads.
  public var summary: String {
    "Attention of \(maps.heads.count) heads in \(layers.count) layers over "
      + "\(maps.tokens.count) tokens: \(maps.tokens.joined(separator: " "))"
  }

  /// Draws a map for each head.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours.
  public func draw(on canvas: Canvas, _ theme: Theme) {
    canvas.draw(
      "Attention: row looks at column", at: Point(x: 12, y: 24), size: TextSize.title, theme.ink)
    let scale = MapScale(map: .glowing, range: 0...1)
    for (row, layer) in layers.enumerated() {
      for (column, head) in maps.heads.filter({ $0.layer == layer }).enumerated() {
        let frame = Rectangle(
          x: left + (Self.side + Self.gap) * Double(column),
          y: Self.top + Self.header + (Self.side + Self.header) * Double(row), width: Self.side,
          height: Self.side)
        canvas.draw(
          MathText("layer \(head.layer), head \(head.index)"),
          at: Point(x: frame.x, y: frame.y - 6), size: TextSize.tick, theme.ink)
        canvas.draw(
          scale.picture(
            head.weights.reversed().flatMap { $0 }, columns: maps.tokens.count, theme), in: frame)
        canvas.stroke(frame, Pen(theme.muted, width: 0.8))
        if column == 0 { drawRows(on: canvas, frame, theme) }
        if row == layers.count - 1 { drawColumns(on: canvas, frame, theme) }
      }
    }
    var bar = scale.bar("weight", for: maps.heads.flatMap(\.weights))
    bar.undefinedName = "masked"
    bar.draw(
      on: canvas, x: left + (Self.side + Self.gap) * Double(columnCount) + 4,
      from: Self.top + Self.header, to: Self.top + Self.header + Self.side, theme)
  }

  private func drawRows(on canvas: Canvas, _ frame: Rectangle, _ theme: Theme) {
    guard hasTokens else { return }
    for (token, cell) in zip(maps.tokens, frame.rows(maps.tokens.count, gap: 0)) {
      canvas.draw(
        MathText(token),
        at: Point(x: frame.x - 5, y: cell.center.y + TextSize.middle * tokenSize), .end,
        size: tokenSize,
        theme.ink)
    }
  }

  private func drawColumns(on canvas: Canvas, _ frame: Rectangle, _ theme: Theme) {
    guard hasTokens else { return }
    for (token, cell) in zip(maps.tokens, frame.columns(maps.tokens.count, gap: 0)) {
      let point = Point(x: cell.center.x + TextSize.middle * tokenSize, y: frame.maxY + 5)
      canvas.rotated(by: -.pi / 2, around: point) {
        canvas.draw(MathText(token), at: point, .end, size: tokenSize, theme.ink)
      }
    }
  }
}
