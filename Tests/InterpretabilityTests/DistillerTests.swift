import Interpretability
import PINN
import RunStore
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

@Suite("Distiller")
struct DistillerTests {
  /// The exact solution on a grid with the smooth error of a network.
  private static func sample(error: Double) throws -> SearchTable {
    let points = (0..<900).map { i -> (Double, Double) in (Double(i / 30) / 29, Double(i % 30) / 29)
    }
    let exact = try Expression(parsing: "sin(pi*x)*exp(-0.01*pi^2*t)")
    let wave = try Expression(parsing: "sin(2*x + 1)*cos(3*t)")
    return try SearchTable(
      variables: ["x", "t"], columns: [points.map(\.0), points.map(\.1)], targetName: "u",
      target: points.map { x, t in
        exact.evaluate(["x": x, "t": t]) + error * wave.evaluate(["x": x, "t": t])
      })
  }

  private static func distiller(error: Double, threads: Int = 2) throws -> Distiller {
    var distiller = Distiller(
      table: try sample(error: error), gridShape: [30, 30],
      grammar: try Grammar(named: "separable"), budget: SearchBudget(evaluations: 400_000),
      problem: try heatProblem(), threads: threads)
    distiller.seed = 2
    distiller.teacherLoss = 4 * error * error
    return distiller
  }

  @Test("the solution is found and proved behind a teacher's error", arguments: [1e-7, 1e-5, 5e-4])
  func findsSolution(error: Double) throws {
    let result = try Self.distiller(error: error).run()
    let best = try #require(result.bestEquation)
    #expect(best.equation.description == "sin(pi*x)*exp(-alpha*pi^2*t)")
    #expect(best.check?.isExactSolution == true)
    #expect(result.end == .targetReached)
  }

  @Test(
    "a solution is on the front once, however many ways of writing it were found",
    arguments: [1, 2, 3])
  func writesSolutionOnce(seed: Int) throws {
    let burgers = try Recipe(
      parsing: """
        problem:
          variables: {x: [-1, 1], t: [0, 1]}
          unknowns: [u]
          parameters: {nu: 0.1, c: 0.6}
          equations: ["u_t + u*u_x - nu*u_xx"]
          conditions: [{at: "t = 0", equation: "u - c*(1 - tanh(c*x/(2*nu)))"}]
        """
    ).problem
    let x = (0..<900).map { 2 * Double($0 / 30) / 29 - 1 }
    let t = (0..<900).map { Double($0 % 30) / 29 }
    let values = zip(x, t).map { (x: Double, t: Double) -> Double in
      let error = 1e-6 * sin(2 * x + 1) * cos(3 * t)
      return 0.6 * tanh(3 * (0.6 * t - x)) + 0.6 + error
    }
    var distiller = Distiller(
      table: try SearchTable(
        variables: ["x", "t"], columns: [x, t], targetName: "u", target: values),
      grammar: try Grammar(named: "travelling-wave"), budget: SearchBudget(evaluations: 30_000),
      problem: burgers, threads: 2)
    distiller.seed = seed
    distiller.residualWeight = 10
    // As a hyperbolic tangent and as an exponential, with the parameter and with its value.
    let front = try distiller.run().front
    #expect(front.count { $0.check?.isExactSolution ?? false } == 1)
    let sizes = front.map(\.complexity)
    #expect(sizes == sizes.sorted())
  }

  @Test func `the number of threads changes nothing`() throws {
    let one = try Self.distiller(error: 1e-6, threads: 1).run()
    let two = try Self.distiller(error: 1e-6, threads: 2).run()
    #expect(one.front.map(\.equation) == two.front.map(\.equation))
    #expect(one.front.map(\.loss) == two.front.map(\.loss))
    #expect(one.evaluations == two.evaluations && one.best == two.best)
  }

  @Test func `the JSON document has the keys of the contract, and sympy only variables`() throws {
    let result = try Self.distiller(error: 1e-7).run()
    let json = result.json
    for key in [
      "target", "variables", "seed", "rows", "evaluations", "seconds", "stopped", "best", "front",
    ] {
      #expect(json[key] != nil, "\(key)")
    }
    #expect(json["stopped"]?.text == "target-reached")
    let front = try #require(json["front"]?.elements)
    let best = front[try #require(json["best"]?.int)]
    for key in [
      "complexity", "loss", "r2", "score", "equation", "sympy", "latex", "constants", "residual",
    ] {
      #expect(best[key] != nil, "\(key)")
    }
    #expect(best["residual"]?["symbolic_zero"]?.bool == true)
    let sympy = try #require(best["sympy"]?.text)
    let numeric = try Expression(parsing: sympy, allowing: ["x", "t"])
    let exact = try Expression(parsing: "sin(pi*x)*exp(-0.01*pi^2*t)")
    #expect(
      abs(numeric.evaluate(["x": 0.3, "t": 0.7]) - exact.evaluate(["x": 0.3, "t": 0.7])) < 1e-15)
  }

  @Test func `a smooth error that nothing explains does not make a formula longer`() throws {
    // Five waves, as a network's error has them: a formula that follows one of them gains little.
    func wave(_ t: Double) -> Double {
      [7.1, 10.3, 13.7, 17.9, 23.3].reduce(0) { $0 + 1e-8 * sin($1 * t + $1 * $1) }
    }
    let t = (0..<200).map { Double($0) / 199 }
    let table = try SearchTable(
      variables: ["t"], columns: [t], targetName: "p",
      target: t.map { sin($0) + wave($0) })
    var distiller = Distiller(
      table: table, gridShape: [200], grammar: try Grammar(named: "general"),
      budget: SearchBudget(evaluations: 100_000), threads: 2)
    distiller.seed = 4
    #expect(try distiller.run().bestEquation?.equation.description == "sin(t)")
  }

  @Test func `a plain table ends with the formula behind it`() throws {
    var random = RandomStream(seed: 8)
    let a = (0..<200).map { _ in random.uniform(1, 3) }
    let b = (0..<200).map { _ in random.uniform(1, 3) }
    let table = try SearchTable(
      variables: ["a", "b"], columns: [a, b], targetName: "y",
      target: zip(a, b).map { 0.5 * $0 * $1 * $1 })
    var distiller = Distiller(
      table: table, grammar: try Grammar(named: "general"),
      budget: SearchBudget(evaluations: 400_000, targetLoss: 1e-24), threads: 2)
    distiller.seed = 1
    let best = try #require(try distiller.run().bestEquation)
    #expect(best.check == nil)
    let value = best.equation.evaluate(["a": 2, "b": 3])
    #expect(abs(value - 9) < 1e-12)
    #expect(best.identified.constants.contains { $0.form != nil })
  }
}
