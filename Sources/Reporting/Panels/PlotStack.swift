/// Plots one below the other, their frames in line, each with its key on the right.
struct PlotStack {
  /// One of the plots.
  struct Entry {
    let panel: PlotPanel
    let legend: Legend

    /// Its height beside that of the others.
    let weight: Double
  }

  let entries: [Entry]

  /// Draws the plots so that they fill an area.
  func draw(on canvas: Canvas, in area: Rectangle, _ theme: Theme) {
    var plots = area
    plots.width -= (entries.map { $0.legend.size(on: canvas).width }.max() ?? 0) + 12
    let margins = entries.map { $0.panel.margins(on: canvas, in: plots) }
    let below = entries.indices.map {
      entries[$0].panel.hasHorizontalLabels ? margins[$0].bottom : 0
    }
    let above = margins.map { max(4, $0.top - 4) }
    let total = entries.reduce(0) { $0 + $1.weight }
    let left = margins.map(\.left).max() ?? 0
    let right = margins.map(\.right).max() ?? 0
    let room = plots.height - below.reduce(0, +)
    var y = plots.y
    for (index, entry) in entries.enumerated() {
      let height = room * entry.weight / total
      let frame = Rectangle(
        x: plots.x + left, y: y + above[index], width: plots.width - left - right,
        height: height - above[index] - 4)
      entry.panel.draw(on: canvas, frame: frame, theme)
      entry.legend.draw(on: canvas, at: Point(x: frame.maxX + 14, y: frame.y), theme)
      y += height + below[index]
    }
  }
}
