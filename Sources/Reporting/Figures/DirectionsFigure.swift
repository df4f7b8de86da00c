internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Superposition: the directions of features as arrows in a plane, of which there can be more than the
/// plane has dimensions.
public struct DirectionsFigure: Figure {
  /// Directions in one plane.
  public struct Plane: Sendable, Equatable {
    /// What they belong to.
    public let title: String

    /// The names of the features.
    public let names: [String]

    /// The tips of the arrows; unit vectors that lie in the plane reach the circle.
    public let tips: [[Double]]

    /// Places directions that have two coordinates.
    ///
    /// - Parameters:
    ///   - title: What they belong to.
    ///   - names: The names of the features.
    ///   - tips: Two coordinates for each feature.
    public init(title: String, names: [String], tips: [[Double]]) {
      precondition(
        names.count == tips.count && !names.isEmpty && tips.allSatisfy { $0.count == 2 },
        "an arrow has two coordinates and a name")
      self.title = title
      self.names = names
      self.tips = tips
    }

    /// Projects unit directions of any dimension onto the plane that holds most of them: the first two
    /// principal axes, the mean not taken out, as directions start from the origin.
    ///
    /// - Parameters:
    ///   - site: The layer.
    ///   - directions: Names and vectors of at least two coordinates; at least one.
    public init(of site: String, directions: [(name: String, vector: [Double])]) {
      let units = directions.map { direction in
        let norm = direction.vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return direction.vector.map { norm > 0 ? $0 / norm : 0 }
      }
      let matrix = Matrix<Double>(
        rows: units.count, columns: units[0].count, elements: units.flatMap { $0 })
      let parts = try? SingularValueDecomposition(matrix)
      let axes = (0..<2).map { axis in
        parts.flatMap { axis < $0.values.count ? $0.rightTransposed.row(axis) : nil }
          ?? units[0].indices.map { $0 == axis ? 1 : 0 }
      }
      let tips = units.map { unit in
        axes.map { axis in zip(unit, axis).reduce(0) { $0 + $1.0 * $1.1 } }
      }
      let squared = tips.joined().reduce(0) { $0 + $1 * $1 }
      let share = Int((100 * squared / Double(units.count)).rounded())
      self.init(
        title:
          "\(units.count) features in \(units[0].count) units of \(site); plane holds \(share) %",
        names: directions.map(\.name), tips: tips)
    }
  }

  private let planes: [Plane]

  /// Draws planes side by side.
  ///
  /// - Parameter planes: At least one.
  public init(_ planes: [Plane]) {
    precondition(!planes.isEmpty, "a figure has plots")
    self.planes = planes
  }

  private var columnCount: Int { min(planes.count, 3) }
  private var rowCount: Int { (planes.count + columnCount - 1) / columnCount }
  private var side: Double { planes.count == 1 ? 380 : 300 }

  /// Up to three planes a row.
  public var size: FigureSize {
    FigureSize(
      width: 20 + side * Double(columnCount), height: 20 + (side + 20) * Double(rowCount))
  }

  /// Names the planes.
  public var summary: String {
    "Directions of features: " + planes.map(\.title).joined(separator: "; ")
  }

  /// Draws the arrows.
  ///
  /// - Parameters:
  ///   - canvas: Where to draw.
  ///   - theme: The colours.
  public func draw(on canvas: Canvas, _ theme: Theme) {
    let rows = size.bounds.inset(by: 10).rows(rowCount, gap: 0)
    for (index, plane) in planes.enumerated() {
      let cell = rows[index / columnCount].columns(columnCount, gap: 0)[index % columnCount]
      draw(plane, on: canvas, in: cell, theme)
    }
  }

  private func draw(
    _ plane: Plane, on canvas: Canvas, in area: Rectangle, _ theme: Theme
  ) {
    canvas.draw(
      canvas.truncated(MathText(plane.title), to: area.width, size: TextSize.label),
      at: Point(x: area.center.x, y: area.y + 14), .middle, size: TextSize.label, theme.ink)
    let center = Point(x: area.center.x, y: area.y + 20 + side / 2)
    let reach = max(1, plane.tips.map(Self.length).max() ?? 1)
    let unit = (side / 2 - 26) / reach
    func place(_ x: Double, _ y: Double) -> Point {
      Point(x: center.x + unit * x, y: center.y - unit * y)
    }
    canvas.stroke(
      (0...96).map { place(cos(.pi * Double($0) / 48), sin(.pi * Double($0) / 48)) },
      Pen(theme.grid, width: 1.2))
    for (x, y) in [(reach, 0.0), (0, reach)] {
      canvas.stroke([place(-x, -y), place(x, y)], Pen(theme.grid, width: 0.8))
    }
    var labels: [Point] = []
    for (index, tip) in plane.tips.enumerated() where tip.allSatisfy(\.isFinite) {
      let end = place(tip[0], tip[1])
      let color = theme.palette[index % theme.palette.count]
      canvas.stroke([center, end], Pen(color, width: 1.6))
      canvas.disc(end, radius: 2.6, color, rim: color)
      let length = Self.length(tip)
      // Arrows that end at the centre have no side for a name; names never lie on one another.
      guard length > 0.08 * reach else { continue }
      let label = Point(
        x: end.x + 12 * tip[0] / length, y: end.y - 12 * tip[1] / length + TextSize.middle * 10)
      guard labels.allSatisfy({ abs($0.x - label.x) > 20 || abs($0.y - label.y) > 11 }) else {
        continue
      }
      labels.append(label)
      canvas.draw(
        MathText(plane.names[index]), at: label, .middle, size: TextSize.tick, theme.ink)
    }
  }

  private static func length(_ tip: [Double]) -> Double {
    (tip[0] * tip[0] + tip[1] * tip[1]).squareRoot()
  }
}
