/// A solid of which domains are put together.
public enum Shape: Sendable, Equatable {
  /// A product of intervals; one pair of bounds for each coordinate.
  case box(lower: [Double], upper: [Double])

  /// All points within a distance of a centre: a disc in two coordinates, a ball in three.
  case ball(center: [Double], radius: Double)

  /// The ring (in three coordinates the shell) between two distances from a centre.
  case annulus(center: [Double], inner: Double, outer: Double)

  /// The inside of a closed polygon in the plane, whose edges do not cross.
  case polygon([[Double]])

  /// Number of coordinates.
  public var dimension: Int {
    switch self {
    case .box(let lower, _): lower.count
    case .ball(let center, _), .annulus(let center, _, _): center.count
    case .polygon: 2
    }
  }

  /// Whether a point belongs to the solid; which side the boundary is on depends on rounding.
  ///
  /// - Parameter point: One number for each coordinate.
  /// - Returns: Whether it is inside.
  public func contains(_ point: [Double]) -> Bool {
    switch self {
    case .box(let lower, let upper):
      point.indices.allSatisfy { point[$0] >= lower[$0] && point[$0] <= upper[$0] }
    case .ball(let center, let radius):
      Self.distance(point, center) <= radius
    case .annulus(let center, let inner, let outer):
      (inner...outer).contains(Self.distance(point, center))
    case .polygon(let vertices):
      Self.isInside(point, vertices)
    }
  }

  /// The smallest box that holds the solid.
  public var bounds: (lower: [Double], upper: [Double]) {
    switch self {
    case .box(let lower, let upper):
      (lower, upper)
    case .ball(let center, let radius), .annulus(let center, _, let radius):
      (center.map { $0 - radius }, center.map { $0 + radius })
    case .polygon(let vertices):
      (
        (0..<2).map { i in vertices.map { $0[i] }.min() ?? 0 },
        (0..<2).map { i in vertices.map { $0[i] }.max() ?? 0 }
      )
    }
  }

  private static func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  /// Whether a ray to the right crosses the edges an odd number of times.
  private static func isInside(_ point: [Double], _ vertices: [[Double]]) -> Bool {
    var isInside = false
    for (a, b) in edges(vertices) where (a[1] > point[1]) != (b[1] > point[1]) {
      let crossing = a[0] + (point[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
      if point[0] < crossing { isInside.toggle() }
    }
    return isInside
  }

  /// The edges of a closed polygon, each from one vertex to the next.
  static func edges(_ vertices: [[Double]]) -> [(from: [Double], to: [Double])] {
    vertices.indices.map { (vertices[$0], vertices[($0 + 1) % vertices.count]) }
  }
}
