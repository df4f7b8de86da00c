import Symbolic
import Testing

/// Laws that are quadratic forms under a transform of the target, or in an exponent: linear algebra
/// finds them before any search.
@Suite("Quadratic views")
struct QuadraticViewTests {
  private func front(
    _ law: String, noise: Double = 0, budget: Int = 1, uses: Bool = true,
    _ ranges: [(name: Symbol, range: ClosedRange<Double>)]
  ) throws -> HallOfFame {
    let table = try SearchExamples.table(law, rows: 400, noise: noise, ranges: ranges)
    var options = SearchOptions()
    options.usesQuadratics = uses
    let search = IslandSearch(
      table,
      vocabulary: try SearchExamples.vocabulary(
        table, operators: SearchExamples.operators, size: 40),
      options: options, seed: 1)
    // The first epoch is what linear algebra finds alone.
    return search.run(
      budget: SearchBudget(evaluations: budget, targetLoss: 1e-22), threads: 2
    ).hallOfFame
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
      "3.5*a^(-1.05)*exp(-b)*c/exp(d^2/2)",
      "d*exp(-2*a/b)",
    ])
  func closedForms(law: String) throws {
    // Exact forms reach 1e-28, look-alikes stop above 5e-19.
    #expect(try 1 - (front(law, Self.box).best?.rSquared ?? 0) < 1e-15)
    #expect(try 1 - (front(law, uses: false, Self.box).best?.rSquared ?? 0) > 1e-6)
  }

  @Test("what noise leaves of a quadratic form has no more terms than the law")
  func noise() throws {
    let hall = try front("a*b + c*d - 2*a*d", noise: 0.01, Self.box)
    let best = try #require(hall.entries.last)
    // A constant and an operator for each factor that is fitted.
    #expect(best.expression.constants.count <= 4)
    #expect(best.rSquared > 0.999)
  }

  @Test("a Gaussian beside one that is none")
  func besideTree() throws {
    let law = "exp(-(a - 1)^2)/(1.2 + (b - 2.5)^2)"
    let ranges: [(name: Symbol, range: ClosedRange<Double>)] = [("a", 0.3...4), ("b", 0.3...4)]
    #expect(try 1 - (front(law, budget: 100_000, ranges).best?.rSquared ?? 0) < 1e-15)
  }
}
