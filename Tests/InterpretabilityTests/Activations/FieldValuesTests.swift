import Foundation
import Interpretability
import Networks
import PINN
import Symbolic
import Testing

@Suite("Physical fields")
struct FieldValuesTests {
  private static let count = 600

  @Test func `a problem has every field that it can have`() throws {
    let fields = try SampleSolution.problem().physicalFields
    #expect(
      fields.map(\.name) == [
        "u", "u_x", "u_y", "u_t", "u_xx", "u_xy", "u_xt", "u_yy", "u_yt", "u_tt", "laplacian_u",
        "residual1", "source1", "boundary_distance",
      ])
    #expect(
      fields.map(\.units).prefix(7) == [
        "[u]", "[u]/[x]", "[u]/[y]", "[u]/[t]", "[u]/[x]^2", "[u]/([x] [y])", "[u]/([x] [t])",
      ])
    // One dimension of space, no source: nothing is there twice, and nothing that is constant.
    let heat = try Recipe(
      parsing: """
        problem:
          variables: {x: [0, 1], t: [0, 1]}
          unknowns: [u]
          equations: ["u_t - u_xxxx"]
          conditions: [{at: "t = 0", equation: "u"}]
        """
    ).problem.physicalFields
    #expect(
      heat.map(\.name) == [
        "u", "u_x", "u_t", "u_xx", "u_xt", "u_tt", "u_xxxx", "residual1", "boundary_distance",
      ])
  }

  private func values(
    _ solution: TrainedNetwork, at points: [[Double]], threads: Int = 2
  ) throws -> [String: [Double]] {
    let fields = try FieldValues(try SampleSolution.problem(), threads: threads)
    return Dictionary(
      uniqueKeysWithValues: zip(fields.fields.map(\.name), fields.values(of: solution, at: points)))
  }

  @Test(arguments: [false, true])
  func `derivatives have the bits of the evaluator and the slopes of the network`(
    isTransformed: Bool
  ) throws {
    let problem = try SampleSolution.problem()
    let transform = OutputTransform(
      variables: problem.variableSymbols, unknowns: ["u"],
      formulas: [try Expression(parsing: "x*t*u + sin(pi*x)*y")])
    let solution = SampleSolution.network(transform: isTransformed ? transform : nil)
    let points = SampleSolution.points(Self.count)
    let values = try values(solution, at: points)
    let evaluator = FieldEvaluator(solution, points: points, threads: 1)
    for name in ["u", "u_x", "u_y", "u_t", "u_xx", "u_xy", "u_xt", "u_yy", "u_yt", "u_tt"] {
      let field = try #require(problem.derivative(Symbol(name)))
      #expect(values[name] == evaluator.values(of: field, parameters: solution.parameters))
    }
    // Central differences of the next lower derivative: the truncation h²/6 · u''' is of the order of
    // 1e-8 for h = 1e-4, the rounding 1e-16/h of the order of 1e-12.
    let h = 1e-4
    for (lower, upper, axis) in [
      ("u", "u_x", 0), ("u", "u_y", 1), ("u", "u_t", 2), ("u_x", "u_xx", 0), ("u_x", "u_xy", 1),
      ("u_x", "u_xt", 2), ("u_y", "u_yy", 1), ("u_t", "u_yt", 1), ("u_t", "u_tt", 2),
    ] {
      func moved(_ step: Double) throws -> [Double] {
        var points = points
        points[axis] = points[axis].map { $0 + step }
        return try #require(try self.values(solution, at: points)[lower])
      }
      let (left, right) = (try moved(-h), try moved(h))
      let exact = try #require(values[upper])
      for i in exact.indices { #expect(abs((right[i] - left[i]) / (2 * h) - exact[i]) < 1e-6) }
    }
  }

  @Test func `residual, source, Laplacian and distance follow from their definitions`() throws {
    let solution = SampleSolution.network()
    let points = SampleSolution.points(Self.count)
    let all = try values(solution, at: points)
    #expect(try values(solution, at: points, threads: 1) == all)
    func field(_ name: String) throws -> [Double] { try #require(all[name]) }
    let (u, uxx, uyy, ut, uxt) = (
      try field("u"), try field("u_xx"), try field("u_yy"), try field("u_t"), try field("u_xt")
    )
    let (residual, source, laplacian, distance) = (
      try field("residual1"), try field("source1"), try field("laplacian_u"),
      try field("boundary_distance")
    )
    for i in 0..<Self.count {
      let (x, y) = (points[0][i], points[1][i])
      let expected = -0.3 * sin(.pi * x) * y
      // Rounding of sums of numbers of the order of 1.
      #expect(abs(source[i] - expected) < 1e-15)
      #expect(laplacian[i] == uxx[i] + uyy[i])
      let left = ut[i] - 0.3 * (uxx[i] + uyy[i]) + u[i] * uxt[i] + expected
      #expect(abs(residual[i] - left) < 1e-14)
      #expect(distance[i] == min(x, 1 - x, y + 1, 1 - y))
    }
  }

  @Test func `the exact fields are derivatives of the recipe's formula`() throws {
    let fields = try FieldValues(try SampleSolution.problem(), threads: 2)
    let points = SampleSolution.points(Self.count)
    let values = Dictionary(
      uniqueKeysWithValues: zip(fields.exactFields.map(\.name), fields.exactValues(at: points)))
    #expect(values.count == 11)
    for i in 0..<Self.count {
      let (x, y, t) = (points[0][i], points[1][i], points[2][i])
      let (s, c) = (sin(0.3 * x * t), cos(0.3 * x * t))
      let expected = [
        "u": s * exp(y) / x, "u_y": s * exp(y) / x, "u_t": 0.3 * c * exp(y),
        "u_tt": -0.09 * x * s * exp(y), "u_xt": -0.09 * t * s * exp(y),
        "u_x": (0.3 * t * c - s / x) * exp(y) / x,
      ]
      for (name, value) in expected {
        // Near x = 0 the two terms of u_x cancel; elsewhere a few roundings.
        #expect(abs((values[name]?[i] ?? .nan) - value) < 1e-14 / x)
      }
    }
    // sin(x)/x has no value at 0.
    #expect(fields.exactValues(at: [[0], [0], [1]])[0][0].isNaN)
  }
}
