import Symbolic
import Tensors
import Testing

@Suite("Template reduction")
struct TemplateReductionTests {
  /// A table of a formula in x and t at random places.
  private func table(_ text: String, rows: Int = 600) throws -> SearchTable {
    var stream = RandomStream(seed: 5)
    let formula = try Expression(parsing: text)
    let points = (0..<rows).map { _ in [stream.uniform(-2, 2), stream.uniform(0.5, 2)] }
    return try SearchTable(
      variables: ["x", "t"], columns: [points.map { $0[0] }, points.map { $0[1] }],
      targetName: "u",
      target: points.map { formula.evaluate(["x": $0[0], "t": $0[1]]) })
  }

  @Test(arguments: [
    ("tanh(x - 0.7*t)", "travelling-wave", ["c": 0.7]),
    ("1/cosh(1.3*(x + 0.25*t))^2", "travelling-wave", ["c": -0.25]),
    ("exp(-x^2/(4*t))/sqrt(t)", "similarity", ["a": -0.5, "b": 0.5]),
  ])
  func `parameters of a template are found`(
    text: String, name: String, parameters: [String: Double]
  ) throws {
    let grammar = try Grammar(named: name)
    let table = try table(text)
    let reduction = try #require(try grammar.reduction(of: table))
    for (name, value) in parameters {
      let found = try #require(reduction.parameters.first { $0.name.name == name }).values[0]
      // The profiles are polynomials of degree 24 to about this accuracy.
      #expect(abs(found - value) < 1e-3, "\(name) = \(found)")
    }
    #expect(reduction.table.variables == ["s"])
    // With the parameters exact, the reduced table is one function.
    let profile = try Expression(parsing: "s + 1")
    let formula = reduction.formula(of: profile)
    #expect(formula.symbols == ["t", "x"])
  }

  @Test func `a travelling wave is found by a search in one variable`() throws {
    let table = try table("2*tanh(x - 0.7*t) + 1")
    let grammar = try Grammar(named: "travelling-wave")
    let reduction = try #require(try grammar.reduction(of: table))
    let search = try IslandSearch(reduction.table, grammar: reduction.grammar, seed: 1)
    let result = search.run(budget: SearchBudget(evaluations: 200_000))
    let formulas = reduction.restored(result.hallOfFame)
    // Fitted in Double, so that the exact form leaves squares of roundings.
    #expect(formulas.leastLoss < 1e-20)
    #expect(formulas.best?.expression.symbols == ["t", "x"])
  }

  @Test func `templates of plain variables need no reduction`() throws {
    let table = try table("x*t")
    #expect(try Grammar(named: "separable").reduction(of: table) == nil)
    #expect(try Grammar(named: "sum-of-separable").reduction(of: table) == nil)
    #expect(try Grammar(named: "general").reduction(of: table) == nil)
  }

  @Test func `what cannot be reduced is named`() throws {
    let grammar = try Grammar(
      contentsOf: "binary +\nparameter c\ntemplate u = f(x - c*t) + g(x + c*t)", file: "g")
    let table = try table("x*t")
    let error = try #require(throws: SearchError.self) { try grammar.reduction(of: table) }
    #expect(
      error.description == "the search cannot make use of more than one function of formulas, 'g', "
        + "in the grammar; remove it")
  }

  @Test func `a parameter that stands in two places of the formula stays one`() throws {
    let noisy = try table("(x - 0.7*t)*exp(-(x - 0.7*t)^2)")
    let grammar = try Grammar(named: "travelling-wave")
    let reduction = try #require(try grammar.reduction(of: noisy))
    let function = try Expression(parsing: "1.1*s*exp(-0.9*s^2)")
    let settled = try #require(reduction.settled(on: function, SnapCandidates(parameters: [:])))
    let speed = settled.reduction.parameters[0]
    // Without noise all constants come out to rounding.
    #expect(speed.values == [0.7])
    #expect(speed.forms == [try Expression(parsing: "7/10")])
    #expect(settled.function.constants.allSatisfy { abs(abs($0) - 1) < 1e-12 })
  }
}
