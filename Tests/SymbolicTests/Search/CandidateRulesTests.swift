import Symbolic
import Testing

@Suite("Candidate rules")
struct CandidateRulesTests {
  private static let names: [Symbol] = ["x", "y"]

  private func rules(_ lines: String) throws -> CandidateRules {
    let rows = [1.0, 2, 3, 4]
    let table = try SearchTable(
      variables: Self.names, columns: [rows, rows], targetName: "u", target: rows)
    let grammar = try Grammar(contentsOf: "binary + * ^\nunary sin\n" + lines, file: "g")
    return try CandidateRules(grammar, table: table)
  }

  /// Whether rules admit a formula, and its complexity.
  private func judge(_ text: String, _ rules: CandidateRules) throws -> (Bool, Int) {
    let genes = try #require(try Expression(parsing: text).genes(variables: Self.names))
    return try genes.withUnsafeBufferPointer { genes in
      let start = try #require(genes.baseAddress)
      return (
        rules.accepts(start, count: genes.count), rules.complexity(start, count: genes.count)
      )
    }
  }

  @Test func `operands are limited one by one`() throws {
    let rules = try rules("constraint ^: 3 1\nconstraint sin: 3")
    #expect(try judge("(x + y)^1.5", rules).0)
    #expect(try !judge("(x + y + 1)^1.5", rules).0)
    #expect(try !judge("x^(x + 1)", rules).0)
    #expect(try judge("sin(2*x) + (x + y)*(x + 2*y + 1)", rules).0)
    #expect(try !judge("y + sin(2*x + 1)", rules).0)
  }

  @Test func `columns weigh what the grammar says`() throws {
    let rules = try rules("complexity x 3\ncomplexity variable 2\nconstraint sin: 2")
    // x*y + 1: 3 + 1 + 2, then 1 + 1.
    #expect(try judge("x*y + 1", rules).1 == 8)
    #expect(try judge("sin(y)", rules).0)
    #expect(try !judge("sin(x)", rules).0)
  }

  @Test func `units must fit when they are strict`() throws {
    let strict = try rules("units x: m\nunits y: s\nunits u: m")
    #expect(try judge("x + 2*y", strict).0)
    #expect(try !judge("x + y", strict).0)
    #expect(try !judge("y", strict).0)
    let penalised = try rules("units x: m\nunits y: s\ndimensional penalised")
    #expect(try judge("x + y", penalised).0)
  }

  @Test func `weights of no column are refused`() throws {
    let error = try #require(throws: SearchError.self) { try rules("complexity z9 3") }
    #expect(
      error.description == "the grammar weighs 'z9', which is no operator, and the table has x, y; "
        + "rename the column or remove the weight")
  }
}
