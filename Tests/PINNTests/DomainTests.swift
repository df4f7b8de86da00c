import Foundation
import PINN
import Symbolic
import Testing

@Suite("Domains")
struct DomainTests {
  private struct Case: Sendable, CustomTestStringConvertible {
    let domain: String
    let area: Double
    let length: Double
    var testDescription: String { domain }
  }

  /// Domains in [−1, 1]² with their areas and the lengths of their boundaries, by hand.
  private static let cases: [Case] = [
    .init(domain: "{b: {box: {x: [-1, 1], y: [0, 0.5]}}}", area: 1, length: 5),
    .init(
      domain: "{d: {disc: {center: {x: 0.1, y: 0}, radius: 0.8}}}", area: 0.64 * .pi,
      length: 1.6 * .pi),
    .init(
      domain: "{r: {annulus: {center: {x: 0, y: 0}, radii: [0.5, 1]}}}", area: 0.75 * .pi,
      length: 3 * .pi),
    .init(
      domain: "{l: {polygon: {x: [-1, 1, 1, 0, 0, -1], y: [-1, -1, 0, 0, 1, 1]}}}", area: 3,
      length: 8),
    // The same against the clock and with it.
    .init(
      domain: "{l: {polygon: {x: [-1, 0, 1], y: [0, 1, 0]}}}", area: 1, length: 2 + 8.squareRoot()),
    .init(
      domain: """
        {plate: {box: {x: [-1, 1], y: [-1, 1]}}, hole: {disc: {center: {x: 0, y: 0}, radius: 0.5}}, \
        shape: plate - hole}
        """, area: 4 - 0.25 * .pi, length: 8 + .pi),
    // Two half-overlapping squares: the sides inside the other are no boundary.
    .init(
      domain: "{a: {box: {x: [-1, 0.5], y: [-1, 0.5]}}, b: {box: {x: [-0.5, 1], y: [-0.5, 1]}}}",
      area: 3.5, length: 8),
    .init(
      domain: """
        {a: {box: {x: [-1, 0.5], y: [-1, 0.5]}}, b: {box: {x: [-0.5, 1], y: [-0.5, 1]}}, shape: a*b}
        """, area: 1, length: 4),
  ]

  private func problem(_ domain: String) throws -> Problem {
    try Recipe(
      parsing: """
        problem:
          variables: {x: [-1, 1], y: [-1, 1]}
          domain: \(domain)
          unknowns: [u]
          equations: ["u_xx + u_yy"]
          conditions: [{at: boundary, equation: "u_n - n_x*x - n_y*y + 0*u"}]
        """
    ).problem
  }

  @Test(arguments: cases)
  private func `boundary and inside obey the divergence theorem`(_ shape: Case) throws {
    let problem = try problem(shape.domain)
    let grid = ValidationGrid(problem, side: 400)
    // A grid of 400² points misjudges the area by some of the cells on the boundary.
    #expect(abs(Double(grid.count) / (400 * 400) * 4 - shape.area) < 0.03)

    let rim = ValidationGrid(problem, side: 4000, fixing: problem.conditions[0])
    let (nx, ny) = try (
      #require(rim.normals["n_x"]), #require(rim.normals["n_y"])
    )
    #expect(rim.count == 4000)
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    // ∮ n = 0, ∮ x·n = 2 A, and ∮ xᵢ nⱼ = A δᵢⱼ; 4000 even points leave out a thousandth or so.
    #expect(abs(mean(nx)) < 5e-3 && abs(mean(ny)) < 5e-3)
    let flux = zip(zip(rim.columns[0], nx), zip(rim.columns[1], ny)).map {
      $0.0 * $0.1 + $1.0 * $1.1
    }
    #expect(abs(mean(flux) * shape.length - 2 * shape.area) < 0.02)
    let cross = zip(rim.columns[0], ny).map { $0 * $1 }
    #expect(abs(mean(cross) * shape.length) < 0.02)
    for (a, b) in zip(nx, ny) { #expect(abs(a * a + b * b - 1) < 1e-14) }
  }

  @Test func `a shape's name is its part of the boundary`() throws {
    let problem = try Recipe(
      parsing: """
        problem:
          variables: {x: [-1, 1], y: [-1, 1], t: [0, 2]}
          domain:
            plate: {box: {x: [-1, 1], y: [-1, 1]}}
            hole: {disc: {center: {x: 0, y: 0}, radius: 0.5}}
            shape: plate - hole
          unknowns: [u]
          equations: ["u_t - u_xx - u_yy"]
          conditions:
            - {at: hole, equation: "u_n"}
            - {at: "plate, t < 1", equation: "u"}
            - {at: "t = 0", equation: "u"}
        """
    ).problem
    let hole = ValidationGrid(problem, side: 20, fixing: problem.conditions[0])
    #expect(hole.count == 400)
    for p in 0..<hole.count {
      let (x, y) = (hole.columns[0][p], hole.columns[1][p])
      #expect(abs(hypot(x, y) - 0.5) < 1e-14)
      // Out of the domain is into the hole.
      #expect(abs((hole.normals["n_x"]?[p] ?? 0) + x / 0.5) < 1e-14)
    }
    let plate = ValidationGrid(problem, side: 20, fixing: problem.conditions[1])
    #expect(plate.columns[2].allSatisfy { $0 <= 1 })
    for (x, y) in zip(plate.columns[0], plate.columns[1]) { #expect(max(abs(x), abs(y)) == 1) }
    let start = ValidationGrid(problem, side: 20, fixing: problem.conditions[2])
    #expect(start.columns[2].allSatisfy { $0 == 0 })
    for (x, y) in zip(start.columns[0], start.columns[1]) { #expect(hypot(x, y) >= 0.5) }
  }

  @Test func `a box without a domain has a boundary with normals`() throws {
    let problem = try Recipe(
      parsing: """
        problem:
          variables: {x: [0, 2], y: [0, 1]}
          unknowns: [u]
          equations: ["u_xx + u_yy"]
          conditions: [{at: boundary, equation: "u"}, {at: "x = 0", equation: "u_n + n_x"}]
        """
    ).problem
    let rim = ValidationGrid(problem, side: 300, fixing: problem.conditions[0])
    let onLong = rim.columns[1].count { $0 == 0 || $0 == 1 }
    // Two sides of length 2 out of 6 units each.
    #expect(abs(Double(onLong) / 300 - 2.0 / 3) < 0.02)
    #expect(problem.conditions[1].equation == (try Expression(parsing: "-u_x + (-1)")))
  }
}
