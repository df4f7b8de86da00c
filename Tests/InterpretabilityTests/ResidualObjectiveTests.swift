import Interpretability
import PINN
import Symbolic
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("Residual objective")
struct ResidualObjectiveTests {
  static func burgers() throws -> Problem {
    try Recipe(
      parsing: """
        problem:
          variables: {x: [-1, 1], t: [0, 1]}
          unknowns: [u]
          equations: ["u_t + u*u_x - 0.1*u_xx"]
          conditions:
            - {at: "t = 0", equation: "u - 0.6*(1 - tanh(3*x))"}
        """
    ).problem
  }

  @Test("an exact solution has no loss") func exact() throws {
    let heat = try ResidualObjective(heatProblem(alpha: 0.1))
    let loss = try #require(
      heat.loss(of: try Expression(parsing: "sin(pi*x)*exp(-alpha*pi^2*t)")))
    // Rounding of residuals of order one.
    #expect(loss < 1e-28)
    let burgers = try ResidualObjective(Self.burgers())
    let wave = try #require(
      burgers.loss(of: try Expression(parsing: "0.6*(1 - tanh(3*(x - 0.6*t)))")))
    #expect(wave < 1e-28)
  }

  @Test("a loss is the sum of mean squares") func value() throws {
    // u = x: residual 0 inside, x - sin(pi x) at t = 0, 0 and 1 on the sides.
    let objective = try ResidualObjective(heatProblem(alpha: 0.1), side: 200, conditionWeight: 2)
    let loss = try #require(objective.loss(of: "x"))
    // ∫ (x − sin πx)² dx = 1/3 − 2/π + 1/2, by 400 points of a grid: error about 1/400.
    #expect(abs(loss - 2 * (5.0 / 6 - 2 / Double.pi + 1)) < 0.01)
  }

  @Test("constants are found from afar, in linear and nonlinear equations") func fits() throws {
    let heat = try ResidualObjective(heatProblem(alpha: 0.1))
    let fit = try #require(
      heat.fit(try Expression(parsing: "0.5*sin(2.5*x)*exp(-0.3*t)"), steps: 60))
    #expect(fit.loss < 1e-20)
    for (found, wanted) in zip(fit.expression.constants, [1, Double.pi, -0.1 * .pi * .pi]) {
      #expect(abs(found - wanted) < 1e-8)
    }
    let burgers = try ResidualObjective(Self.burgers())
    let wave = try #require(
      burgers.fit(try Expression(parsing: "0.5*(1 - tanh(2*(x - 0.3*t)))"), steps: 60))
    #expect(wave.loss < 1e-20)
  }

  @Test("constants that are fixed stay") func fixed() throws {
    let objective = try ResidualObjective(heatProblem(alpha: 0.1))
    let two = Expression(postfix: [Expression.Node(constant: 2, isFixed: true)])
    let fit = try #require(objective.fit(two * Expression(0.1) * sin(.pi * "x")))
    #expect(fit.expression.constants[0] == 2)
    #expect(fit.expression.constants[1] != 0.1)
  }

  @Test("formulas without a value have no loss") func undefined() throws {
    let objective = try ResidualObjective(heatProblem(alpha: 0.1))
    #expect(objective.loss(of: try Expression(parsing: "log(x - 0.5)")) == nil)
    #expect(objective.fit(try Expression(parsing: "1/x")) == nil)
  }
}

@Suite("Residual search")
struct ResidualSearchTests {
  @Test func `a problem is solved without a network`() throws {
    var search = try ResidualSearch(
      heatProblem(alpha: 0.1), grammar: try Grammar(named: "separable"), seed: 1)
    var generations = 0
    while generations < 400, search.front.last?.loss ?? 1 > 1e-18 {
      search.advance(threads: 2)
      generations += 1
    }
    let best = try #require(search.front.last)
    #expect(best.loss < 1e-18)
    let exact = try Expression(parsing: "sin(pi*x)*exp(-0.1*pi^2*t)")
    for (x, t) in [(0.3, 0.2), (0.7, 0.9)] {
      let values: [Symbol: Double] = ["x": x, "t": t]
      #expect(abs(best.formula.evaluate(values) - exact.evaluate(values)) < 1e-7)
    }
  }

  @Test("the same seed gives the same formulas for any number of threads") func threads() throws {
    let fronts = try [1, 2].map { threads in
      var search = try ResidualSearch(
        ResidualObjectiveTests.burgers(), grammar: try Grammar(named: "general"), seed: 7)
      for _ in 0..<5 { search.advance(threads: threads) }
      return search.front.map { "\($0.formula) \($0.loss)" }
    }
    #expect(fronts[0] == fronts[1])
  }

  @Test("the solution is proved, its constants in closed form") func proof() throws {
    let distiller = try ResidualDistiller(
      try heatProblem(alpha: 0.1), grammar: try Grammar(named: "separable"),
      budget: SearchBudget(evaluations: 20_000), seed: 1, threads: 2)
    let result = try distiller.run()
    #expect(result.end == .targetReached)
    #expect(
      result.bestEquation?.equation
        == (try Expression(parsing: "sin(pi*x)*exp(-alpha*pi^2*t)")).simplified())
  }
}
