import Interpretability
import Symbolic
import Tensors
import Testing

@Suite("Variable reduction")
struct VariableReductionTests {
  private static let columns = Scatter.points([0.5...2, 0.5...2])

  private static func reduce(
    _ formula: String, error: Double = 0
  ) throws -> (table: SearchTable, reduction: VariableReduction?) {
    let field = try ExpressionField(formula, ["x", "t"], error: error)
    let table = try SearchTable(
      variables: ["x", "t"], columns: columns, targetName: "u",
      target: field.sample(at: columns).value.values)
    let analysis = StructureAnalysis(of: field, at: columns)
    return (table, VariableReduction(table, by: analysis))
  }

  @Test(
    "what is left is the profile, and it gives the function back",
    arguments: [
      ("tanh(x - 0.5*t)", "tanh(s)"), ("sin(x/t) + x/t", "sin(s) + s"),
      ("exp(-x^2/t)/sqrt(t)", "exp(-s^2)"), ("exp(-2*t)*(x + x^3)", "x + x^3"),
      ("cos(x^2 + t^2)", "cos(s)"),
    ])
  func profiles(formula: String, profile: String) throws {
    let (table, reduction) = try Self.reduce(formula)
    let reduced = try #require(reduction)
    #expect(reduced.table.variables.count == 1)
    let wanted = try Expression(parsing: profile)
    let fit = try ConstantFit(refining: wanted, to: reduced.table)
    // Exact but for the rounding of the structure's numbers.
    #expect(fit.loss < 1e-18)
    let restored = try Program(reduced.restoring(wanted), inputs: table.variables)
    for (value, target) in zip(restored.evaluate(table.columns), table.target) {
      #expect(abs(value - target) < 1e-9)
    }
  }

  @Test("losses of the reduced table, scaled, are those of the table") func losses() throws {
    let (table, reduction) = try Self.reduce("exp(-x^2/t)/sqrt(t)")
    let reduced = try #require(reduction)
    let wrong = try Expression(parsing: "exp(-s^2) + 0.01*s")
    let values = try Program(reduced.restoring(wrong), inputs: table.variables)
      .evaluate(table.columns)
    let loss = try #require(Statistics.rootMeanSquare(zip(values, table.target).map(-)))
    let inner = try Program(wrong, inputs: reduced.table.variables).evaluate(reduced.table.columns)
    let weights = try #require(reduced.table.weights)
    let weighted = zip(zip(inner, reduced.table.target), weights).map {
      $1 * ($0.0 - $0.1) * ($0.0 - $0.1)
    }
    let reducedLoss = weighted.reduce(0, +) / weights.reduce(0, +)
    // Two ways to the same sum of 500 terms.
    #expect(abs(reducedLoss * reduced.lossScale / (loss * loss) - 1) < 1e-9)
  }

  @Test("no structure, or one known too roughly, leaves all variables") func none() throws {
    #expect(try Self.reduce("sin(x*t + x) + t").reduction == nil)
    #expect(try Self.reduce("tanh(x - 0.5*t)", error: 1e-3).reduction == nil)
  }
}
