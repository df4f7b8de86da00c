import Symbolic
import Testing

/// Laws that are quadratic forms under a transform of the target, or in an exponent: linear algebra
/// finds them before any search.
@Suite("Quadratic views")
struct QuadraticViewTests {
  /// What is found without search, in the first epoch, or within a budget.
  private func hall(
    _ law: String, noise: Double = 0, budget: Int? = nil, uses: Bool = true,
    _ ranges: [(name: Symbol, range: ClosedRange<Double>)]
  ) throws -> HallOfFame {
    let table = try SearchExamples.table(law, rows: 400, noise: noise, ranges: ranges)
    let vocabulary = try SearchExamples.vocabulary(
      table, size: 40, depth: 12)
    var options = SearchOptions()
    options.usesQuadratics = uses
    let search = IslandSearch(table, vocabulary: vocabulary, options: options, seed: 1)
    return search.run(budget: SearchBudget(evaluations: budget, targetLoss: 1e-22), threads: 2) {
      _ in budget == nil ? .stop : .proceed
    }.hallOfFame
  }

  /// The least share of the variation that a formula leaves.
  private func rest(_ hall: HallOfFame) -> Double {
    hall.entries.map { 1 - $0.rSquared }.min() ?? 1
  }

  private static let box: [(name: Symbol, range: ClosedRange<Double>)] = [
    ("a", 1...5), ("b", 1...5), ("c", 1...5), ("d", 1...5),
  ]

  @Test(
    "found without search",
    arguments: [
      "10/(5 + (a - 3)^2 + (b - 3)^2 + (c - 3)^2 + (d - 3)^2)",
      "sqrt(a^2 + b^2 + c*d)",
      "a*b + c*d - 2*a*d",
      "3.5*c*exp(-b)/(a*sqrt(a)*exp(d^2/2))",
      "d*exp(-2*a/b)",
    ])
  func closedForms(law: String) throws {
    // Exact forms reach 1e-28, look-alikes stop above 5e-19.
    #expect(try rest(hall(law, Self.box)) < 1e-15)
    #expect(try rest(hall(law, uses: false, Self.box)) > 1e-6)
  }

  @Test("what noise leaves of a quadratic form has no more terms than the law")
  func noise() throws {
    let hall = try hall("a*b + c*d - 2*a*d", noise: 0.01, Self.box)
    // Ten terms and a constant are free; three factors are the law's.
    #expect(hall.entries.contains { $0.rSquared > 0.999 && $0.constants.count == 3 })
  }

  @Test("a Gaussian beside one that is none")
  func besideTree() throws {
    let law = "exp(-(a - 1)^2)/(1.2 + b^2)"
    let ranges: [(name: Symbol, range: ClosedRange<Double>)] = [("a", 0.3...4), ("b", 0.3...4)]
    #expect(try rest(hall(law, budget: 200_000, ranges)) < 1e-15)
  }
}
