#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The distance in space, at a point's own time, to the nearest point outside a problem's domain.
///
/// It is exact. Common parts and differences of shapes are as near to the outside as the nearest of
/// them; the boundary of a union in the plane consists of parts of curves, on which the nearest point is
/// the nearest of a curve or a corner where two meet. Faces with a period are no boundary.
public struct BoundaryDistance: Sendable {
  /// The variables at whose ends there is a boundary, with their intervals.
  private let faces: [(variable: Int, lower: Double, upper: Double)]

  private let domain: Domain?

  /// The curves and corners of a union.
  private let outline: Outline?

  /// Looks at a problem's domain.
  ///
  /// Nil if it has no boundary in space, or is a union of solids in three dimensions.
  ///
  /// - Parameter problem: The problem.
  public init?(_ problem: Problem) {
    let periodic = Set(problem.conditions.flatMap { $0.partner ?? [] }.map(\.variable))
    faces = problem.spatialVariables.filter { !periodic.contains($0) }.map {
      ($0, problem.variables[$0].lower, problem.variables[$0].upper)
    }
    domain = problem.domain
    guard let domain else {
      guard !faces.isEmpty else { return nil }
      outline = nil
      return
    }
    if domain.hasExactDistance {
      outline = nil
    } else {
      guard domain.variables.count == 2 else { return nil }
      outline = Outline(domain)
    }
  }

  /// The distance.
  ///
  /// - Parameter point: One number for each variable of the problem.
  /// - Returns: The distance in the recipe's coordinates; 0 outside.
  public func callAsFunction(_ point: [Double]) -> Double {
    var distance = Double.infinity
    for (variable, lower, upper) in faces {
      distance = min(distance, point[variable] - lower, upper - point[variable])
    }
    if let domain, distance > 0 {
      let place = domain.variables.map { point[$0] }
      distance = min(
        distance, outline?.distanceToOutside(place) ?? domain.distanceToOutside(place))
    }
    return max(0, distance)
  }

  /// The curves of all shapes of a domain in the plane, parts of which are its boundary.
  private struct Outline: Sendable {
    private let domain: Domain
    private let curves: [PlaneCurve]

    /// The points where curves meet and the boundary may turn.
    private let corners: [[Double]]

    /// Directions in which a point's neighbourhood is looked at.
    private static let directions = (0..<16).map { k in
      // No multiple of an eighth of a turn, in which edges run.
      (cos(0.1 + .pi * Double(k) / 8), sin(0.1 + .pi * Double(k) / 8))
    }

    init(_ domain: Domain) {
      let curves = domain.shapes.flatMap(\.shape.curves)
      self.domain = domain
      self.curves = curves
      corners = curves.indices.flatMap { i in
        curves[(i + 1)...].flatMap { curves[i].intersections(with: $0) }
      }.filter { Self.isBoundary($0, of: domain) }
    }

    func distanceToOutside(_ point: [Double]) -> Double {
      guard domain.contains(point) else { return 0 }
      func length(to other: [Double]) -> Double { hypot(point[0] - other[0], point[1] - other[1]) }
      var best = corners.map(length).min() ?? .infinity
      for curve in curves {
        let nearest = curve.nearest(to: point)
        let distance = length(to: nearest)
        if distance < best, Self.isBoundary(nearest, of: domain) { best = distance }
      }
      return best
    }

    /// Whether the inside and the outside of a domain meet at a point.
    private static func isBoundary(_ point: [Double], of domain: Domain) -> Bool {
      let step = 1e-7 * domain.size
      let sides = directions.map { x, y in
        domain.contains([point[0] + step * x, point[1] + step * y])
      }
      return sides.contains(true) && sides.contains(false)
    }
  }
}

extension Problem {
  /// The indices of the variables of space: all but `t`, unless there is no other.
  public var spatialVariables: [Int] {
    let space = variables.indices.filter { variables[$0].name != "t" }
    return space.isEmpty ? Array(variables.indices) : space
  }
}
