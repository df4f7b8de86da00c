import Symbolic
import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("Parameters by category")
struct CategoryTests {
  private static let factors = [1.5, -2, 0.7, 3.1]
  private static let offsets = [0.2, 1, -1, 4]

  /// `y = f(x, a, b)` with constants `a` and `b` for each of the groups 1, 2, 4 and 7.
  private func table(
    rows: Int = 400, noise: Double = 0,
    _ f: (Double, Double, Double) -> Double
  ) throws -> SearchTable {
    var stream = RandomStream(seed: 3)
    let points = (0..<rows).map { ($0 % 4, stream.uniform(-3, 3)) }
    let names = [1.0, 2, 4, 7]
    return try SearchTable(
      variables: ["x", "group"], columns: [points.map(\.1), points.map { names[$0.0] }],
      targetName: "y",
      target: points.map { group, x in
        f(x, Self.factors[group], Self.offsets[group])
          + noise * sqrt(12) * (stream.uniform(0, 1) - 0.5)
      })
  }

  private func grammar(_ lines: String) throws -> Grammar {
    try Grammar(
      contentsOf: "binary + - * /\nunary sin exp tanh square\nmaxsize 15\n" + lines, file: "g")
  }

  private static let affine = "parameters a b by group\ntemplate y = a[group]*f(x) + b[group]"

  @Test func `factors and offsets of each category are found with the function`() throws {
    let table = try table { x, a, b in a * sin(1.3 * x) + b }
    let reduction = try #require(try grammar(Self.affine).reduction(of: table))
    let search = try IslandSearch(
      reduction.table, grammar: reduction.grammar, options: SearchExamples.small, seed: 1)
    let result = search.run(budget: SearchBudget(evaluations: 30_000))
    let exact = try #require(reduction.restored(result.hallOfFame).front.last)
    #expect(exact.loss < 1e-24)
    #expect(exact.expression.symbols == ["group", "x"])
  }

  @Test func `what the parameters can say the function does not`() throws {
    let table = try table { x, a, b in a * sin(1.3 * x) + b }
    let reduction = try #require(try grammar(Self.affine).reduction(of: table))
    let function = try Expression(parsing: "2.3*sin(1.29*s) + 0.6")
    let (settled, found) = try #require(
      reduction.settled(on: function, SnapCandidates(parameters: [:])))
    #expect(found.complexity == 4, "\(found)")
    for (parameter, truth) in zip(settled.parameters, [Self.factors, Self.offsets]) {
      #expect(parameter.categories == [1, 2, 4, 7])
      for (value, expected) in zip(parameter.values, truth) {
        #expect(abs(value - expected) < 1e-9)
      }
    }
    #expect(settled.readableFormula(of: found).description == "a[group]*sin(1.3*x) + b[group]")
    // As a formula in the column, the parameters have their values at its values.
    let numeric = settled.formula(of: found)
    for row in table.target.indices {
      let value = numeric.evaluate(["x": table.columns[0][row], "group": table.columns[1][row]])
      #expect(abs(value - table.target[row]) < 1e-9)
    }
  }

  @Test func `standard errors of categories are those of as many measurements`() throws {
    let table = try table(rows: 2000, noise: 0.1) { x, a, b in a * sin(x) + b }
    let reduction = try #require(try grammar(Self.affine).reduction(of: table))
    let (settled, _) = try #require(
      reduction.settled(on: try Expression(parsing: "sin(s)"), SnapCandidates(parameters: [:])))
    for (parameter, truth) in zip(settled.parameters, [Self.factors, Self.offsets]) {
      for (index, error) in parameter.standardErrors.enumerated() {
        let error = try #require(error)
        // σ/√500, over the spread √(1/2) of the sine for factors, within the spread of draws.
        let expected = 0.1 / sqrt(500) * (parameter.name == "a" ? sqrt(2) : 1)
        #expect(abs(error / expected - 1) < 0.15)
        #expect(abs(parameter.values[index] - truth[index]) < 4 * error)
      }
    }
  }

  @Test func `a parameter inside an argument has one value for all categories`() throws {
    let table = try table { x, a, _ in tanh(2 * x - a) }
    let grammar = try grammar("parameter c by group\ntemplate y = f(x - c[group])")
    #expect(throws: SearchError.notSearched("the parameter 'c' by category inside an argument")) {
      try grammar.reduction(of: table)
    }
  }

  @Test func `a column of measurements is none of categories`() throws {
    let table = try table { x, a, b in a * x + b }
    let grammar = try grammar("parameter a by x\ntemplate y = a[x]*f(group)")
    let error = try #require(throws: SearchError.self) { try grammar.reduction(of: table) }
    #expect(
      error.description == "a parameter is given by category of 'x', but that column has 400 "
        + "different values; at most 40 are taken for categories: merge some, or let the formula "
        + "use the column")
    let missing = try self.grammar("parameter a by site\ntemplate y = a[site]*f(x)")
    #expect(throws: SearchError.unknownVariable(name: "site", columns: ["x", "group"])) {
      try missing.reduction(of: table)
    }
  }
}
