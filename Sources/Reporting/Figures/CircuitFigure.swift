/// A circuit: its nodes by layer from left to right, its edges as wide as they are strong.
public struct CircuitFigure: Figure {
  private let graph: CircuitGraph

  /// Draws a circuit.
  ///
  /// - Parameter graph: The circuit.
  public init(_ graph: CircuitGraph) {
    self.graph = graph
  }

  private static let columnWidth = 170.0
  private static let top = 70.0
  private static let radius = 5.0...11.0
  private static let lineWidth = 0.6...6.0

  /// The nodes of a layer, by their places in the graph.
  private func members(_ layer: Int) -> [Int] {
    graph.nodes.indices.filter { graph.nodes[$0].layer == layer }
  }

  private var tallest: Int { graph.layers.indices.map { members($0).count }.max() ?? 1 }

  /// A column for each layer.
  public var size: FigureSize {
    FigureSize(
      width: 60 + Self.columnWidth * Double(graph.layers.count),
      height: Self.top + max(160, 42 * Double(tallest)) + 46)
  }

  /// Names the strongest edges.
  public var summary: String {
    let strongest = graph.edges.sorted { abs($0.strength) > abs($1.strength) }.prefix(5)
    return "\(graph.title): \(graph.nodes.count) nodes and \(graph.edges.count) edges; strongest: "
      + strongest.map { edge in
        "\(graph.nodes[edge.source].name) to \(graph.nodes[edge.target].name) "
          + MathText(short: edge.strength).plain
      }.joined(separator: ", ")
  }

  /// Draws edges, then nodes upon them, then names.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours.
  public func draw(on canvas: Canvas, _ theme: Theme) {
    canvas.draw(
      canvas.truncated(MathText(graph.title), to: size.width - 24, size: TextSize.title),
      at: Point(x: 12, y: 24), size: TextSize.title, theme.ink)
    let places = places
    for (index, layer) in graph.layers.enumerated() {
      canvas.draw(
        MathText(layer), at: Point(x: x(of: index), y: Self.top - 20), .middle,
        size: TextSize.label, theme.muted)
    }
    let greatest = graph.edges.map { abs($0.strength) }.filter(\.isFinite).max() ?? 0
    // The strongest last, so that none hides them.
    for edge in graph.edges.sorted(by: { abs($0.strength) < abs($1.strength) })
    where edge.strength.isFinite && greatest > 0 {
      let share = abs(edge.strength) / greatest
      let width = Self.lineWidth
      let color = edge.strength < 0 ? theme.palette[0] : theme.accent
      canvas.curve(
        from: places[edge.source], to: places[edge.target],
        Pen(
          color.mixed(with: theme.background, 0.25 + 0.75 * share),
          width: width.lowerBound + (width.upperBound - width.lowerBound) * share))
    }
    for (node, place) in zip(graph.nodes, places) {
      let radius = Self.radius
      canvas.disc(
        place,
        radius: radius.lowerBound
          + (radius.upperBound - radius.lowerBound) * min(max(node.weight, 0), 1),
        theme.background, rim: theme.ink)
      drawName(MathText(name: node.name), on: canvas, below: place, theme)
    }
    drawLegend(greatest, on: canvas, theme)
  }

  /// A name on a rounded patch of background, so that no edge runs through it.
  private func drawName(
    _ name: MathText, on canvas: Canvas, below place: Point, _ theme: Theme
  ) {
    let text = canvas.truncated(name, to: Self.columnWidth - 30, size: TextSize.tick)
    let reach = max(0, canvas.width(of: text, size: TextSize.tick) / 2 - 4)
    let y = place.y + Self.radius.upperBound + 13
    canvas.stroke(
      [-reach, reach].map { Point(x: place.x + $0, y: y - TextSize.middle * TextSize.tick) },
      Pen(theme.background, width: TextSize.tick + 2))
    canvas.draw(text, at: Point(x: place.x, y: y), .middle, size: TextSize.tick, theme.ink)
  }

  private func drawLegend(_ greatest: Double, on canvas: Canvas, _ theme: Theme) {
    let y = size.height - 16
    // Strengths without a sign say how much and not which way.
    let isSigned = graph.edges.contains { $0.strength < 0 }
    var x = 24.0
    let entries: [(color: Color, word: MathText)] = [
      (theme.accent, "positive weight"), (theme.palette[0], "negative weight"),
    ]
    for (color, word) in entries where isSigned {
      canvas.stroke([Point(x: x, y: y - 4), Point(x: x + 24, y: y - 4)], Pen(color, width: 4))
      canvas.draw(word, at: Point(x: x + 30, y: y), size: TextSize.tick, theme.ink)
      x += 48 + canvas.width(of: word, size: TextSize.tick)
    }
    canvas.draw(
      "width: strength, at most " + MathText(short: greatest), at: Point(x: x, y: y),
      size: TextSize.tick, theme.muted)
  }

  private func x(of layer: Int) -> Double {
    30 + Self.columnWidth * (Double(layer) + 0.5)
  }

  private var places: [Point] {
    let height = size.height - Self.top - 46
    var places = Array(repeating: Point(x: 0, y: 0), count: graph.nodes.count)
    for layer in graph.layers.indices {
      let members = members(layer)
      for (rank, node) in members.enumerated() {
        places[node] = Point(
          x: x(of: layer), y: Self.top + height * (Double(rank) + 0.4) / Double(members.count))
      }
    }
    return places
  }
}
