import Interpretability
import PINN
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

/// A teacher of the heat equation whose error hides which of several decays is meant.
@Suite("Residual in the objective")
struct ResidualJudgeTests {
  static let rate = 0.01 * Double.pi * Double.pi

  /// Values on a grid; `share` of the way from the exponential decay to `1/(1 + b t)`, and noise.
  static func table(share: Double, noise: Double) throws -> SearchTable {
    var random = RandomStream(seed: 3)
    var (x, t, u): ([Double], [Double], [Double]) = ([], [], [])
    for i in 0..<900 {
      x.append(Double(i / 30) / 29)
      t.append(Double(i % 30) / 29)
      let decay = (1 - share) * exp(-rate * t[i]) + share / (1 + rate * t[i])
      u.append(sin(.pi * x[i]) * decay + noise * random.normal())
    }
    return try SearchTable(variables: ["x", "t"], columns: [x, t], targetName: "u", target: u)
  }

  static func distiller(
    _ table: SearchTable, weight: Double, evaluations: Int, threads: Int = 2
  ) throws -> Distiller {
    var distiller = Distiller(
      table: table, grammar: try Grammar(named: "separable"),
      budget: SearchBudget(evaluations: evaluations), problem: try heatProblem(), threads: threads)
    distiller.residualWeight = weight
    return distiller
  }

  @Test("of decays that the data prefer, the one that solves the equations is found and proved")
  func ties() throws {
    // The data lie nearer to 1/(1 + b t), and many a formula fits them better than any exponential.
    let table = try Self.table(share: 0.9, noise: 0)
    let result = try Self.distiller(table, weight: 10, evaluations: 150_000).run()
    let best = try #require(result.bestEquation)
    #expect(best.check?.isExactSolution == true)
    #expect(best.equation.description == "sin(pi*x)*exp(-alpha*pi^2*t)")
    #expect(best.loss > 1e-7)
  }

  @Test("noise of a tenth hides a solution from the data but not from the equations") func noisy()
    throws
  {
    let table = try Self.table(share: 0, noise: 0.03)
    let one = try Self.distiller(table, weight: 10, evaluations: 50_000, threads: 1).run()
    let best = try #require(one.bestEquation)
    #expect(best.equation.description == "sin(pi*x)*exp(-alpha*pi^2*t)")
    // A formula of another form fits the noise as well.
    #expect(one.front.contains { $0.check?.isExactSolution == false && $0.loss < best.loss })
    let two = try Self.distiller(table, weight: 10, evaluations: 50_000).run()
    #expect(one.front.map(\.loss) == two.front.map(\.loss) && one.evaluations == two.evaluations)
  }

  @Test("what a judge refuses loses to what it accepts, and its constants are taken") func judge()
    throws
  {
    let x = (0..<100).map { 0.05 * Double($0) }
    let table = try SearchTable(
      variables: ["x"], columns: [x], targetName: "y", target: x.map { 2 * sin($0) })
    func best(_ judge: (@Sendable (Expression) -> FormulaJudgement?)?) throws -> HallOfFame.Entry {
      let search = try IslandSearch(table, grammar: try Grammar(named: "general"), seed: 1)
      if let judge { search.judge(by: judge) }
      let result = search.run(budget: SearchBudget(evaluations: 5000), threads: 1)
      return try #require(result.hallOfFame.front.last)
    }
    @Sendable func hasSine(_ formula: Expression) -> Bool {
      formula.nodes.contains { $0.operation == .sin || $0.operation == .cos }
    }
    #expect(hasSine(try best(nil).expression))
    let other = try best { hasSine($0) ? nil : FormulaJudgement(penalty: 0) }
    #expect(!hasSine(other.expression) && other.penalty == 0)
    // A judge that asks for the amplitude 1 for which it has no penalty, at the price of the fit.
    let revised = try best { formula in
      let ones = formula.constants.map { _ in 1.0 }
      let isOnes = formula.constants == ones
      return FormulaJudgement(
        penalty: isOnes ? 0 : 100,
        revision: FormulaJudgement.Revision(constants: ones, penalty: 0))
    }
    #expect(revised.penalty == 0 && revised.expression.constants.allSatisfy { $0 == 1 })
  }

  @Test(
    "a table that does not fit the problem is refused",
    arguments: [("x", "t", "v"), ("x", "y", "u")])
  func names(first: String, second: String, target: String) throws {
    let table = try SearchTable(
      variables: [Symbol(first), Symbol(second)], columns: [[1, 2, 3, 4], [1, 3, 2, 4]],
      targetName: Symbol(target), target: [1, 2, 3, 5])
    #expect(throws: DistillationError.self) {
      try heatProblem().check(fits: table, path: "table.csv")
    }
  }

  @Test("equations that differ in their last digits agree") func agreement() throws {
    let table = try Self.table(share: 0.9, noise: 0)
    let searches = try [1, 2].map { seed in
      var distiller = try Self.distiller(table, weight: 10, evaluations: 150_000)
      distiller.seed = seed
      return try distiller.run()
    }
    let agreement = SeedAgreement(searches)
    #expect(agreement.groups.count == 1 && agreement.searchCount == 2)
    #expect(agreement.groups[0].seeds == [1, 2] && agreement.groups[0].isProved)
    let shared = SharedSubexpressions(searches)
    #expect(shared.entries.first?.targets == ["u", "u"])
  }
}
