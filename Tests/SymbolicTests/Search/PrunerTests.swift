import Symbolic
import Testing

@Suite("Pruning of exact formulas")
struct PrunerTests {
  /// Prunes a formula for the values of a law.
  private func pruned(_ text: String, law: String) throws -> Symbolic.Expression {
    let table = try SearchExamples.table(law, rows: 200, ranges: [("a", 1...3), ("b", 1...3)])
    let genes = try #require(
      try Symbolic.Expression(parsing: text).genes(variables: table.variables))
    let mean = table.target.reduce(0, +) / 200
    let variation = table.target.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let pruner = Pruner(table, vocabulary: try SearchExamples.vocabulary(table))
    let result = pruner(genes, limit: 1e-22 * variation)
    return Symbolic.Expression(result, variables: table.variables)
  }

  @Test(
    "what makes no difference goes",
    arguments: [
      ("a*sin(b) + 1e-18*exp(a)", "a*sin(b)"),
      ("a*(exp(b)/exp(b))*sin(b)", "a*sin(b)"),
      ("a*sin(b + 1e-15*a^2)", "a*sin(b)"),
      ("a*sin(b)*(sin(a)^2 + cos(a)^2)", "a*sin(b)"),
      ("exp(log(a)) + cos(b)*1e-17 + b/a", "a + b/a"),
    ])
  func superfluous(text: String, law: String) throws {
    let result = try pruned(text, law: law)
    let expected = try Symbolic.Expression(parsing: law)
    // One number more may remain, such as a factor that was fitted to one.
    #expect(result.complexity <= expected.complexity + 2, "\(result)")
    for (a, b) in [(0.3, 5.0), (4.0, 0.7)] {
      let values = (
        result.evaluate(["a": a, "b": b]), expected.evaluate(["a": a, "b": b])
      )
      // Off the range of the table, where what was left out would show; constants are fitted to
      // rounding, a dozen digits.
      #expect(abs(values.0 - values.1) < 1e-11, "\(result)")
    }
  }

  @Test(
    "what is needed stays",
    arguments: ["a*b + 1e-3*sin(3*a)", "a*sin(b)/(1 + 1e-4*a)", "exp(1e-3*a)*b + a^2"])
  func needed(text: String) throws {
    #expect("\(try pruned(text, law: text))" == "\(try Symbolic.Expression(parsing: text))")
  }
}
