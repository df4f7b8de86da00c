#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A piece of a solid's boundary with even coordinates: equal areas of the unit cube are mapped to
/// equal areas of the piece.
struct BoundaryPatch: Sendable {
  /// Its length or area.
  let measure: Double

  /// The point and the unit normal out of the solid at parameters in the unit cube of one dimension
  /// less than the solid's.
  let place: @Sendable (ArraySlice<Double>) -> (point: [Double], normal: [Double])
}

extension Shape {
  /// The pieces that make up the boundary.
  var boundary: [BoundaryPatch] {
    switch self {
    case .box(let lower, let upper): Self.faces(lower, upper)
    case .ball(let center, let radius): [Self.sphere(center, radius, isOuter: true)]
    case .annulus(let center, let inner, let outer):
      [
        Self.sphere(center, inner, isOuter: false), Self.sphere(center, outer, isOuter: true),
      ]
    case .polygon(let vertices): Self.sides(vertices)
    }
  }

  private static func faces(_ lower: [Double], _ upper: [Double]) -> [BoundaryPatch] {
    lower.indices.flatMap { axis in
      let others = lower.indices.filter { $0 != axis }
      let measure = others.reduce(1) { $0 * (upper[$1] - lower[$1]) }
      return [(lower[axis], -1.0), (upper[axis], 1.0)].map { value, sign in
        BoundaryPatch(measure: measure) { parameters in
          var (point, normal) = (lower, lower.map { _ in 0.0 })
          point[axis] = value
          normal[axis] = sign
          for (i, s) in zip(others, parameters) { point[i] += s * (upper[i] - lower[i]) }
          return (point, normal)
        }
      }
    }
  }

  /// A circle, or a sphere: by Archimedes its height is as evenly distributed as its area.
  private static func sphere(
    _ center: [Double], _ radius: Double, isOuter: Bool
  ) -> BoundaryPatch {
    let isCircle = center.count == 2
    let measure = isCircle ? 2 * .pi * radius : 4 * .pi * radius * radius
    return BoundaryPatch(measure: measure) { parameters in
      let angle = 2 * .pi * parameters[parameters.startIndex]
      var direction = [cos(angle), sin(angle)]
      if !isCircle {
        let height = 2 * parameters[parameters.startIndex + 1] - 1
        let width = (1 - height * height).squareRoot()
        direction = direction.map { $0 * width } + [height]
      }
      let point = zip(center, direction).map { $0 + radius * $1 }
      return (point, isOuter ? direction : direction.map { -$0 })
    }
  }

  private static func sides(_ vertices: [[Double]]) -> [BoundaryPatch] {
    // Twice the area enclosed: positive where the vertices run against the clock.
    let area = edges(vertices).reduce(0) { $0 + $1.from[0] * $1.to[1] - $1.to[0] * $1.from[1] }
    let turn: Double = area > 0 ? 1 : -1
    return edges(vertices).map { a, b in
      let along = [b[0] - a[0], b[1] - a[1]]
      let length = hypot(along[0], along[1])
      let normal = [turn * along[1] / length, -turn * along[0] / length]
      return BoundaryPatch(measure: length) { parameters in
        let s = parameters[parameters.startIndex]
        return ([a[0] + s * along[0], a[1] + s * along[1]], normal)
      }
    }
  }
}
