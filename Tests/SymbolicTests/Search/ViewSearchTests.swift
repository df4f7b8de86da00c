import Symbolic
import Testing

/// Each idea of the search, on a table that needs it: with it the law is found exactly within few
/// evaluations, without it, all else being the same, not.
@Suite("Ideas of the search")
struct ViewSearchTests {
  /// No idea but those that are named.
  private func options(_ ideas: [WritableKeyPath<SearchOptions, Bool>]) -> SearchOptions {
    var options = SearchOptions()
    options.usesTransforms = false
    options.usesMonomials = false
    options.usesQuadratics = false
    options.usesPeeling = false
    options.usesGroups = false
    options.usesSymmetries = false
    options.usesEnumeration = false
    for idea in ideas { options[keyPath: idea] = true }
    return options
  }

  private func isFound(
    _ law: String, ranges: [(name: Symbol, range: ClosedRange<Double>)], budget: Int,
    operators: [Symbolic.Operator] = SearchExamples.operators,
    ideas: [WritableKeyPath<SearchOptions, Bool>], seed: UInt64 = 1
  ) throws -> Bool {
    let table = try SearchExamples.table(law, rows: 400, ranges: ranges)
    let search = IslandSearch(
      table, vocabulary: try SearchExamples.vocabulary(table, operators: operators, size: 30),
      options: options(ideas), seed: seed)
    // Exact forms reach 1e-28, look-alikes stop above 5e-19.
    let result = search.run(
      budget: SearchBudget(evaluations: budget, targetLoss: 1e-22), threads: 2)
    return result.stop == .targetReached
  }

  @Test("powers beside one factor")
  func monomials() throws {
    let law = "1.7*a^1.5/(b^2*sqrt(c))*(d + 2*sin(d))"
    let ranges: [(name: Symbol, range: ClosedRange<Double>)] = [
      ("a", 1...4), ("b", 1...4), ("c", 1...4), ("d", 1...4),
    ]
    #expect(try isFound(law, ranges: ranges, budget: 30_000, ideas: [\.usesMonomials]))
    #expect(try !isFound(law, ranges: ranges, budget: 30_000, ideas: []))
  }

  @Test("a function around a sum")
  func transforms() throws {
    let law = "sqrt(2*a*b*c + 3*b*sin(c) + exp(a))"
    let ranges: [(name: Symbol, range: ClosedRange<Double>)] = [
      ("a", 1...4), ("b", 1...4), ("c", 0.3...3),
    ]
    #expect(
      try isFound(
        law, ranges: ranges, budget: 30_000, ideas: [\.usesTransforms, \.usesEnumeration]))
    #expect(try !isFound(law, ranges: ranges, budget: 30_000, ideas: [\.usesEnumeration]))
  }

  @Test("separable variables beside a sum in the denominator")
  func peeling() throws {
    let law = "g*m*n/(2*a*b*c + 3*b*sin(c) + exp(a))"
    let ranges: [(name: Symbol, range: ClosedRange<Double>)] = [
      ("g", 1...2), ("m", 1...2), ("n", 1...2), ("a", 1...4), ("b", 1...4), ("c", 0.3...3),
    ]
    let others: [WritableKeyPath<SearchOptions, Bool>] = [
      \.usesMonomials, \.usesTransforms, \.usesEnumeration,
    ]
    #expect(
      try isFound(law, ranges: ranges, budget: 120_000, ideas: others + [\.usesPeeling]))
    #expect(try !isFound(law, ranges: ranges, budget: 120_000, ideas: others))
  }

  @Test("a dimensionless group and all small trees over it")
  func groups() throws {
    let law = "c*w^3/(exp(h*w/(k*t)) - 1)"
    let ranges: [(name: Symbol, range: ClosedRange<Double>)] = [
      ("w", 1...3), ("c", 1...3), ("h", 1...3), ("k", 1...3), ("t", 1...3),
    ]
    let operators: [Symbolic.Operator] = [.add, .subtract, .multiply, .divide, .exp, .square]
    let ideas: [WritableKeyPath<SearchOptions, Bool>] = [
      \.usesMonomials, \.usesGroups, \.usesEnumeration,
    ]
    #expect(
      try isFound(law, ranges: ranges, budget: 60_000, operators: operators, ideas: ideas))
    #expect(
      try !isFound(
        law, ranges: ranges, budget: 60_000, operators: operators, ideas: [\.usesMonomials]))
  }
}
