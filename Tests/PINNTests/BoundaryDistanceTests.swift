import Foundation
import PINN
import Testing

@Suite("Distance to the boundary")
struct BoundaryDistanceTests {
  private func problem(
    _ domain: String?, variables: String = "{x: [-1, 1], y: [-1, 1]}", equation: String = "u_xx",
    condition: String = "{at: boundary, equation: u}"
  ) throws -> Problem {
    try Recipe(
      parsing: """
        problem:
          variables: \(variables)
          unknowns: [u]
          equations: ["\(equation)"]
          conditions: [\(condition)]
        \(domain.map { "  domain: \($0)" } ?? "")
        """
    ).problem
  }

  private func distance(_ problem: Problem, _ point: [Double]) throws -> Double {
    let distance = try #require(BoundaryDistance(problem))
    return distance(point)
  }

  @Test func `in a disc it is the radius less the distance from the centre`() throws {
    let problem = try problem("{d: {disc: {center: {x: 0.1, y: 0}, radius: 0.8}}}")
    for (x, y) in [(0.1, 0.0), (0.5, 0.3), (-0.2, -0.6), (0.1, 0.79), (0.95, 0.5)] {
      let expected = max(0, 0.8 - hypot(x - 0.1, y))
      // A few roundings of numbers near 1.
      #expect(abs(try distance(problem, [x, y]) - expected) < 1e-15)
    }
  }

  @Test func `in a box it is that to the nearest face, and time has none`() throws {
    let heat = try problem(
      nil, variables: "{x: [0, 2], t: [0, 1]}", equation: "u_t - u_xx",
      condition: "{at: \"x = 0\", equation: u}, {at: \"t = 0\", equation: u}")
    #expect(heat.spatialVariables == [0])
    #expect(try distance(heat, [0.25, 0]) == 0.25)
    #expect(try distance(heat, [1.5, 0.99]) == 0.5)
    let decay = try problem(
      nil, variables: "{t: [0, 4]}", equation: "u_t + u",
      condition: "{at: \"t = 0\", equation: u - 1}")
    #expect(try distance(decay, [3]) == 1)
    let periodic = try problem(
      nil, variables: "{x: [0, 2], y: [0, 1]}", equation: "u_xx + u_yy",
      condition: "{at: \"x = 0\", periodic_with: \"x = 2\"}, {at: \"y = 0\", equation: u}")
    #expect(try distance(periodic, [0.001, 0.25]) == 0.25)
    let circle = try problem(
      nil, variables: "{x: [0, 2], t: [0, 1]}", equation: "u_t + u_x",
      condition: "{at: \"x = 0\", periodic_with: \"x = 2\"}, {at: \"t = 0\", equation: u}")
    #expect(BoundaryDistance(circle) == nil)
  }

  /// Domains and the formula of their boundary distance need not be written twice: the nearest of many
  /// points outside, found by walking away from the point, is an oracle that knows only `contains`.
  @Test(arguments: [
    "{l: {polygon: {x: [-1, 1, 1, 0, 0, -1], y: [-1, -1, 0, 0, 1, 1]}}}",
    "{r: {annulus: {center: {x: 0, y: 0}, radii: [0.4, 0.9]}}}",
    """
    {plate: {box: {x: [-0.9, 1], y: [-1, 0.8]}}, hole: {disc: {center: {x: 0.2, y: 0}, radius: 0.3}}, \
    slit: {box: {x: [-0.5, -0.3], y: [-0.5, 0.5]}}, shape: plate - (hole + slit)}
    """,
    "{a: {disc: {center: {x: -0.3, y: 0}, radius: 0.6}}, b: {box: {x: [-0.5, 1], y: [-0.5, 1]}}, shape: a*b}",
    "{a: {box: {x: [-1, 0.5], y: [-1, 0.5]}}, b: {box: {x: [-0.5, 1], y: [-0.5, 1]}}}",
    """
    {a: {disc: {center: {x: -0.3, y: 0}, radius: 0.6}}, b: {disc: {center: {x: 0.4, y: 0}, radius: 0.5}}, \
    c: {polygon: {x: [-0.2, 0.2, 0], y: [-0.9, -0.9, 0]}}}
    """,
  ])
  func `no nearer point is outside, and one at that distance is`(domain: String) throws {
    let problem = try problem(domain)
    let distances = try #require(BoundaryDistance(problem))
    for i in 0..<23 {
      for j in 0..<23 {
        let point = [-0.98 + 0.0892 * Double(i), -0.99 + 0.0887 * Double(j)]
        let distance = distances(point)
        guard problem.contains(point) else {
          #expect(distance == 0)
          continue
        }
        var outside = 0
        for k in 0..<2000 {
          let angle = 2 * Double.pi * Double(k) / 2000
          func move(_ r: Double) -> [Double] {
            [point[0] + r * cos(angle), point[1] + r * sin(angle)]
          }
          #expect(problem.contains(move(distance * (1 - 1e-9))))
          // Between the directions, 0.003 apart, even a corner of the outside is hit that far beyond.
          if !problem.contains(move(distance * 1.005 + 1e-8)) { outside += 1 }
        }
        #expect(outside > 0, "at \(point) the distance \(distance) is too small")
      }
    }
  }

  @Test func `in three dimensions a union has none that is exact`() throws {
    let variables = "{x: [-1, 1], y: [-1, 1], z: [-1, 1]}"
    let shapes =
      "a: {ball: {center: {x: 0, y: 0, z: 0}, radius: 0.5}}, "
      + "b: {box: {x: [0, 1], y: [0, 1], z: [0, 1]}}"
    #expect(BoundaryDistance(try problem("{\(shapes)}", variables: variables)) == nil)
    let rest = try problem("{\(shapes), shape: b - a}", variables: variables)
    #expect(try distance(rest, [0.5, 0.5, 0.5]) == 0.75.squareRoot() - 0.5)
    #expect(abs(try distance(rest, [0.9, 0.5, 0.5]) - 0.1) < 1e-15)
  }
}
