import Symbolic
import Testing

@Suite("Separable powers")
struct PeelingTests {
  private func exponents(
    _ law: String, terms: [String] = [], noise: Double = 0,
    _ ranges: [(name: Symbol, range: ClosedRange<Double>)]
  ) throws -> [Double]? {
    let table = try SearchExamples.table(law, rows: 2000, noise: noise, ranges: ranges)
    let genes = try terms.map { term in
      try #require(try Symbolic.Expression(parsing: term).genes(variables: table.variables))
    }
    return Peeling.exponents(of: table, terms: genes, order: Array(0..<table.rowCount))
  }

  private let attraction = "G*m*n/((b - a)^2 + (d - c)^2)"
  private let ranges: [(name: Symbol, range: ClosedRange<Double>)] = [
    ("G", 1...2), ("m", 1...2), ("n", 1...2), ("a", 3...4), ("b", 1...2), ("c", 3...4),
    ("d", 1...2),
  ]

  @Test("the law of gravitation gives up its constant and both masses", arguments: [0, 0.01])
  func gravitation(noise: Double) throws {
    #expect(try exponents(attraction, noise: noise, ranges) == [1, 1, 1, 0, 0, 0, 0])
  }

  @Test("variables of the model stay, whatever their powers look like")
  func model() throws {
    // Beside exp(m) the variable m may not be divided out, even where its power alone would pass.
    #expect(
      try exponents(attraction, terms: ["exp(m)"], ranges) == [1, 0, 1, 0, 0, 0, 0])
  }

  @Test("half powers and negative ones")
  func fractions() throws {
    #expect(
      try exponents(
        "sqrt(a)/b^2*(1 + sin(c)*d)", [("a", 1...3), ("b", 1...3), ("c", 0...3), ("d", 1...2)])
        == [0.5, -2, 0, 0])
  }

  @Test(
    "nothing where nothing separates",
    arguments: ["a + b + c + d", "exp(-a*b) + c*d", "a*b + c/d", "cos(a*b)*c + d*a + 6"])
  func none(law: String) throws {
    #expect(
      try exponents(law, [("a", 1...3), ("b", 1...3), ("c", 1...3), ("d", 1...3)]) == nil)
  }

  @Test("a power law has nothing left to search")
  func powerLaw() throws {
    #expect(try exponents("a^2/b", noise: 0.01, [("a", 1...3), ("b", 1...3)]) == nil)
  }
}
