import Symbolic
import Testing

@Suite("Dimensionless groups")
struct VariableGroupTests {
  private func exponents(
    _ law: String, rows: Int = 1500, noise: Double = 0,
    _ ranges: [(name: Symbol, range: ClosedRange<Double>)]
  ) throws -> [Double]? {
    let table = try SearchExamples.table(law, rows: rows, noise: noise, ranges: ranges)
    return VariableGroup.exponents(of: table, order: Array(0..<rows))
  }

  @Test("Planck's law depends on h w/(k T) beside powers", arguments: [0, 0.01])
  func planck(noise: Double) throws {
    let found = try #require(
      try exponents(
        "A*w^3/(exp(h*w/(k*T)) - 1)", noise: noise,
        [("A", 1...3), ("w", 1...3), ("h", 1...3), ("k", 1...3), ("T", 1...3)]))
    // Up to scale, and the scale is that the largest is one.
    let sign = found[1]
    #expect(found.map { sign * $0 } == [0, 1, 1, -1, -1])
  }

  @Test("half powers within a group")
  func halves() throws {
    let found = try #require(
      try exponents(
        "b*exp(-a*sqrt(b)/c)", [("a", 0.5...2), ("b", 0.5...2), ("c", 0.5...2)]))
    let sign = found[0]
    #expect(found.map { sign * $0 } == [1, 0.5, -1])
  }

  @Test("no group where no two variables form one")
  func none() throws {
    // The curvature lies in b alone.
    #expect(try exponents("a*exp(b)/c", [("a", 1...3), ("b", 1...3), ("c", 1...3)]) == nil)
    // Logarithms need positive columns, and a quadratic needs rows.
    #expect(try exponents("exp(a*b)", [("a", -1...1), ("b", 1...3)]) == nil)
    #expect(try exponents("exp(a*b)", rows: 20, [("a", 1...3), ("b", 1...3)]) == nil)
    #expect(try exponents("exp(a*b)", rows: 200, [("a", 1...3), ("b", 1...3)]) == [1, 1])
  }
}
