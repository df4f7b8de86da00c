import Foundation
import PINN
import Symbolic
import Testing

@Suite("Check of closed forms")
struct SolutionCheckTests {
  private func problem(_ text: String) throws -> Problem { try Recipe(parsing: text).problem }

  private func heat() throws -> Problem { try problem(heatProblem) }

  @Test func `the solution is proved`() throws {
    let form = try Expression(parsing: "sin(pi*x)*exp(-alpha*pi^2*t)")
    let check = try #require(SolutionCheck(of: ["u": form], in: try heat()))
    #expect(check.isExactSolution)
    #expect(check.rms == 0 && check.totalRMS == 0)
  }

  @Test func `a form may have the parameters' values in the place of their names`() throws {
    let form = try Expression(parsing: "sin(pi*x)*exp(-0.01*pi^2*t)")
    #expect(try #require(SolutionCheck(of: ["u": form], in: try heat())).isExactSolution)
  }

  @Test func `the seed's equation is not a solution, and by how much is known`() throws {
    let form = try Expression(parsing: "(0.998 - 0.094*t)*sin(3.142*x)")
    let check = try #require(SolutionCheck(of: ["u": form], in: try heat()))
    #expect(!check.isExactSolution)
    // r = sin(3.142 x) (−0.094 + 0.01·3.142²·(0.998 − 0.094 t)): the mean square over the unit square
    // by hand, with mean sin² = 1/2: a = 0.0045228, b = 0.0092799, mean (a − b t)² = a² − a b + b²/3.
    let (a, b) = (-0.094 + 0.01 * 3.142 * 3.142 * 0.998, 0.01 * 3.142 * 3.142 * 0.094)
    let expected = (0.5 * (a * a - a * b + b * b / 3)).squareRoot()
    // A grid of 40 × 40 with its corners integrates to a few per cent.
    #expect(abs(try #require(check.rms) / expected - 1) < 0.05)
  }

  @Test func `a form that solves the equation alone is told apart from the solution`() throws {
    let check = try #require(SolutionCheck(of: ["u": 0.5], in: try heat()))
    #expect(check.equations.allSatisfy { $0.isSymbolicZero })
    #expect(!check.isExactSolution)
    #expect(check.conditions.map { $0.rms ?? -1 }.allSatisfy { $0 > 0 })
  }

  @Test func `a form with a pole on the grid has no residual`() throws {
    let check = try #require(
      SolutionCheck(of: ["u": try Expression(parsing: "1/x")], in: try heat()))
    #expect(check.rms == nil && check.totalRMS == nil)
  }

  @Test func `a system needs a form for each unknown`() throws {
    let system = try problem(
      """
      problem:
        variables: {t: [0, 1]}
        unknowns: [p, q]
        equations: ["p_t - q", "q_t + p"]
        conditions: [{at: "t = 0", equation: "p"}, {at: "t = 0", equation: "q - 1"}]
      """)
    let sine = try Expression(parsing: "sin(t)")
    #expect(SolutionCheck(of: ["p": sine], in: system) == nil)
    let both = try #require(
      SolutionCheck(
        of: ["p": try Expression(parsing: "sin(t)"), "q": try Expression(parsing: "cos(t)")],
        in: system))
    #expect(both.isExactSolution)
  }

  @Test func `a network stands for the unknowns without a form`() throws {
    let recipe = try Recipe(
      parsing: """
        problem:
          variables: {t: [0, 1]}
          unknowns: [p, q]
          equations: ["p_t - q", "q_t + p"]
          conditions: [{at: "t = 0", equation: "p"}, {at: "t = 0", equation: "q - 1"}]
        network: {hidden: [8]}
        training: {steps: 40, points: {interior: 60}}
        """)
    let trainer = try Trainer(recipe, threads: 1)
    _ = try trainer.run()
    func check(_ text: String) throws -> SolutionCheck {
      try #require(
        SolutionCheck(
          of: ["p": try Expression(parsing: text)], in: recipe.problem, network: trainer.solution))
    }
    let right = try check("sin(t)")
    #expect(right.equations.count == 2)
    // The second condition says nothing of p.
    #expect(right.conditions.map(\.name) == ["condition 1"])
    #expect(!right.isExactSolution)
    let wrong = try check("t - t^3/6")
    // The network is good to about 1e-5; cubic and sine differ by t⁵/120.
    #expect(try #require(right.rms) < 1e-3)
    #expect(try #require(wrong.rms) > 5e-3)
  }

  @Test func `grids cover the domain with its corners, the last variable fastest`() throws {
    let grid = ValidationGrid(try heat(), side: 3)
    #expect(grid.shape == [3, 3])
    #expect(grid.columns[0] == [0, 0, 0, 0.5, 0.5, 0.5, 1, 1, 1])
    #expect(grid.columns[1] == [0, 0.5, 1, 0, 0.5, 1, 0, 0.5, 1])
    let face = ValidationGrid(try heat(), side: 3, fixing: try heat().conditions[2])
    #expect(face.columns[0] == [1, 1, 1] && face.columns[1] == [0, 0.5, 1])
  }
}
