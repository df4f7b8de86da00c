import Symbolic
import Tensors
import Testing

@Suite("Shipped grammars")
struct AnsatzTests {
  // Each grammar with a formula of its kind in x and t.
  @Test(arguments: [
    ("heat-kernel", "exp(-x^2/(4*t))/sqrt(t)"), ("power-law", "2.5*x^1.5/t^2"),
    ("rational", "(x^2 + 1)/(x + t)"), ("polynomial", "x^3*t - 2*x*t + t^2"),
    ("trigonometric-series", "sin(2*x) + 0.5*cos(3*x - t)"),
    ("feynman", "x/sqrt(1 - t^2/9)"), ("arithmetic", "x/(1 + t^2)"),
  ])
  func `a grammar finds a formula of its kind`(name: String, text: String) throws {
    var stream = RandomStream(seed: 9)
    let formula = try Expression(parsing: text)
    let points = (0..<500).map { _ in [stream.uniform(0.5, 3), stream.uniform(0.5, 2)] }
    let table = try SearchTable(
      variables: ["x", "t"], columns: [points.map { $0[0] }, points.map { $0[1] }],
      targetName: "u",
      target: points.map { formula.evaluate(["x": $0[0], "t": $0[1]]) })
    let search = try IslandSearch(table, grammar: try Grammar(named: name), seed: 2)
    let result = search.run(budget: SearchBudget(evaluations: 600_000, targetLoss: 1e-20))
    // Fitted in Double: an exact form leaves squares of roundings.
    #expect(result.hallOfFame.leastLoss < 1e-20, "\(result.hallOfFame.best?.expression ?? 0)")
  }
}
