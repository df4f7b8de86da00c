/// How far a point is from a solid and from what lies outside; one of the two is 0.
struct SolidDistance {
  /// The distance to the nearest point outside the solid.
  var toOutside: Double

  /// The distance to the nearest point of the solid.
  var toSolid: Double

  /// The distances of a point in a solid or outside it, from that to the boundary.
  init(toBoundary distance: Double, isInside: Bool) {
    toOutside = isInside ? distance : 0
    toSolid = isInside ? 0 : distance
  }

  /// The distances of a point where the signed distance is positive inside.
  init(signed: Double) {
    self.init(toBoundary: abs(signed), isInside: signed > 0)
  }
}

extension Shape {
  /// The distances of a point from the solid and from what lies outside.
  ///
  /// - Parameter point: One number for each coordinate.
  /// - Returns: The distances, exact but for rounding.
  func distance(of point: [Double]) -> SolidDistance {
    switch self {
    case .box(let lower, let upper):
      let inside = point.indices.map { min(point[$0] - lower[$0], upper[$0] - point[$0]) }
      let nearest = inside.min() ?? 0
      guard nearest <= 0 else { return SolidDistance(signed: nearest) }
      // Outside, the coordinates in which the point is beyond a face make up the way.
      let way = inside.reduce(0) { $0 + min($1, 0) * min($1, 0) }
      return SolidDistance(signed: -way.squareRoot())
    case .ball(let center, let radius):
      return SolidDistance(signed: radius - Self.length(from: center, to: point))
    case .annulus(let center, let inner, let outer):
      let length = Self.length(from: center, to: point)
      return SolidDistance(signed: min(outer - length, length - inner))
    case .polygon:
      let distances = curves.map { Self.length(from: point, to: $0.nearest(to: point)) }
      return SolidDistance(toBoundary: distances.min() ?? 0, isInside: contains(point))
    }
  }

  private static func length(from a: [Double], to b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }
}
