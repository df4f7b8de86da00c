import Interpretability
import Symbolic
import Tensors
import Testing

@Suite("Polynomial surrogate")
struct PolynomialSurrogateTests {
  private static func table(_ formula: String, rows: Int, noise: Double = 0) throws -> SearchTable {
    var random = RandomStream(seed: 3)
    let columns = Scatter.points([1...3, 1...3], count: rows, seed: 8)
    let program = try Program(Expression(parsing: formula), inputs: ["x", "y"])
    return try SearchTable(
      variables: ["x", "y"], columns: columns, targetName: "u",
      target: program.evaluate(columns).map { $0 + noise * random.normal() })
  }

  @Test("derivatives are those of the function, within the error", arguments: [0, 1e-3])
  func derivatives(noise: Double) throws {
    let formula = "sin(x*y)/y"
    let table = try Self.table(formula, rows: 2000, noise: noise)
    let surrogate = try #require(PolynomialSurrogate(table))
    let points = Scatter.points([1.2...2.8, 1.2...2.8], count: 200, seed: 4)
    let sample = surrogate.sample(at: points)
    let exact = try ExpressionField(formula, ["x", "y"]).sample(at: points)
    func check(_ column: UncertainColumn, _ reference: UncertainColumn) throws {
      let miss = zip(column.values, reference.values).map(-)
      // The error is an estimate from two fits: within a factor of three, rounding aside.
      #expect(try #require(Statistics.rootMeanSquare(miss)) < 3 * column.error + 1e-9)
      let size = try #require(Statistics.rootMeanSquare(reference.values))
      #expect(column.error < (noise == 0 ? 1e-5 : 0.2) * size)
    }
    try check(sample.value, exact.value)
    for i in 0..<2 {
      try check(sample.gradient[i], exact.gradient[i])
      for j in 0..<2 { try check(sample.hessian[i][j], exact.hessian[i][j]) }
    }
  }

  @Test("structures of a table") func structures() throws {
    let table = try Self.table("exp(-x/y)*y^2", rows: 1000)
    let surrogate = try #require(PolynomialSurrogate(table))
    let analysis = StructureAnalysis(of: surrogate, at: table.columns)
    #expect(
      analysis.structures.contains(.similarity("x", "y", exponent: -1, power: 2)))
    let noisy = try Self.table("sin(x*y)", rows: 2000, noise: 1e-3)
    let fromNoise = StructureAnalysis(
      of: try #require(PolynomialSurrogate(noisy)), at: noisy.columns)
    #expect(fromNoise.structures == [.scaling("x", "y", exponent: 1)])
  }

  @Test("too few rows for a polynomial give none") func fewRows() throws {
    #expect(PolynomialSurrogate(try Self.table("x*y", rows: 8)) == nil)
  }
}
