/// A piece of the boundary of a solid in the plane.
enum PlaneCurve: Sendable, Equatable {
  /// The straight line between two points.
  case segment(from: [Double], to: [Double])

  /// All points at a distance of a centre.
  case circle(center: [Double], radius: Double)

  /// The point of the curve that is nearest to another, and the only one whose neighbours on the curve
  /// are all farther.
  ///
  /// - Parameter point: Two coordinates.
  /// - Returns: A point of the curve.
  func nearest(to point: [Double]) -> [Double] {
    switch self {
    case .segment(let a, let b):
      let along = [b[0] - a[0], b[1] - a[1]]
      let way = (point[0] - a[0]) * along[0] + (point[1] - a[1]) * along[1]
      let share = min(max(way / (along[0] * along[0] + along[1] * along[1]), 0), 1)
      return [a[0] + share * along[0], a[1] + share * along[1]]
    case .circle(let center, let radius):
      let (dx, dy) = (point[0] - center[0], point[1] - center[1])
      let length = (dx * dx + dy * dy).squareRoot()
      // From the centre all points are equally far.
      guard length > 0 else { return [center[0] + radius, center[1]] }
      return [center[0] + radius * dx / length, center[1] + radius * dy / length]
    }
  }

  /// The points that two curves have in common; none where they run along each other.
  ///
  /// - Parameter other: Another curve.
  /// - Returns: Two points at most.
  func intersections(with other: PlaneCurve) -> [[Double]] {
    switch (self, other) {
    case (.segment(let a, let b), .segment(let c, let d)):
      let (r, s) = ([b[0] - a[0], b[1] - a[1]], [d[0] - c[0], d[1] - c[1]])
      let area = r[0] * s[1] - r[1] * s[0]
      guard area != 0 else { return [] }
      let (x, y) = (c[0] - a[0], c[1] - a[1])
      let (share, others) = ((x * s[1] - y * s[0]) / area, (x * r[1] - y * r[0]) / area)
      guard (0...1).contains(share), (0...1).contains(others) else { return [] }
      return [[a[0] + share * r[0], a[1] + share * r[1]]]
    case (.segment(let a, let b), .circle(let center, let radius)):
      let along = [b[0] - a[0], b[1] - a[1]]
      let way = [a[0] - center[0], a[1] - center[1]]
      // |way + share · along| = radius
      let square = along[0] * along[0] + along[1] * along[1]
      let half = (way[0] * along[0] + way[1] * along[1]) / square
      let rest = half * half - (way[0] * way[0] + way[1] * way[1] - radius * radius) / square
      guard rest >= 0 else { return [] }
      return [-half - rest.squareRoot(), -half + rest.squareRoot()]
        .filter { (0...1).contains($0) }
        .map { [a[0] + $0 * along[0], a[1] + $0 * along[1]] }
    case (.circle, .segment):
      return other.intersections(with: self)
    case (.circle(let a, let r), .circle(let b, let s)):
      let (dx, dy) = (b[0] - a[0], b[1] - a[1])
      let square = dx * dx + dy * dy
      guard square > 0 else { return [] }
      // The common chord cuts the line of centres at this share of it.
      let share = 0.5 + (r * r - s * s) / (2 * square)
      let rest = r * r / square - share * share
      guard rest >= 0 else { return [] }
      return [-rest.squareRoot(), rest.squareRoot()].map {
        [a[0] + share * dx - $0 * dy, a[1] + share * dy + $0 * dx]
      }
    }
  }
}

extension Shape {
  /// The curves around a solid in the plane.
  var curves: [PlaneCurve] {
    switch self {
    case .box(let lower, let upper):
      Shape.polygon([
        lower, [upper[0], lower[1]], upper, [lower[0], upper[1]],
      ]).curves
    case .ball(let center, let radius): [.circle(center: center, radius: radius)]
    case .annulus(let center, let inner, let outer):
      [.circle(center: center, radius: inner), .circle(center: center, radius: outer)]
    case .polygon(let vertices):
      Self.edges(vertices).map { .segment(from: $0.from, to: $0.to) }
    }
  }
}
