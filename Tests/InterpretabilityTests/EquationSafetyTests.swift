import Interpretability
import Symbolic
import Testing

@Suite("Safety of an equation")
struct EquationSafetyTests {
  /// Distils values that have a pole between the points that are seen, by formulas with and without.
  private static func distil(_ formula: String) throws -> Distillation {
    let x = (0..<40).map { Double($0) / 39 }
    let program = try Program(Expression(parsing: formula), inputs: ["x"])
    let table = try SearchTable(
      variables: ["x"], columns: [x], targetName: "y", target: program.evaluate([x]))
    var distiller = Distiller(
      table: table, gridShape: [40], grammar: try Grammar(named: "arithmetic"),
      budget: SearchBudget(evaluations: 60_000, targetLoss: 1e-24), threads: 2)
    distiller.seed = 3
    return try distiller.run()
  }

  @Test("a pole between the data is told, and believed where nothing else explains them")
  func pole() throws {
    // The pole lies between two grid points, at 0.4743; the law itself has it.
    let result = try Self.distil("1/(x - 0.4743)")
    let poles = result.front.filter(\.safety.isUnsafe)
    #expect(!poles.isEmpty)
    #expect(try #require(result.bestEquation).safety.isUnsafe)
  }

  @Test("a polynomial is safe, and grows beside the data") func growth() throws {
    let result = try Self.distil("x^3 + x")
    let best = try #require(result.bestEquation)
    #expect(best.safety.domain == .safe)
    // From −0.5 to 1.5: (1.5³ + 1.5)/2, by 201 points that hold the ends.
    #expect(abs(try #require(best.safety.growth) - 2.4375) < 1e-6)
  }
}
