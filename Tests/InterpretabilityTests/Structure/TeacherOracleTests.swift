import Interpretability
import PINN
import Symbolic
import Tensors
import Testing

@Suite("Teacher as oracle")
struct TeacherOracleTests {
  private static func oracle(_ teacher: ExpressionField, points: Int = 4096) -> TeacherOracle {
    var random = RandomStream(seed: 0)
    let cube = PointSampler.sobol.points(
      count: points, dimension: teacher.variables.count, random: &random)
    return TeacherOracle(teacher, at: teacher.variables.indices.map { cube.column($0) })
  }

  /// A teacher's values on a grid of 11 points along each variable of a unit cube.
  private static func table(_ teacher: ExpressionField) throws -> SearchTable {
    let dimension = teacher.variables.count
    let count = (0..<dimension).reduce(1) { n, _ in 11 * n }
    let columns = (0..<dimension).map { i in
      let stride = (0..<i).reduce(1) { n, _ in 11 * n }
      return (0..<count).map { 0.1 * Double(($0 / stride) % 11) }
    }
    return try SearchTable(
      variables: teacher.variables, columns: columns, targetName: "u",
      target: teacher.sample(at: columns).value.values)
  }

  @Test("what a grid cannot tell apart, a teacher tells") func alias() throws {
    let teacher = try ExpressionField("sin(2*x)*t", ["x", "t"])
    // On a grid of spacing 0.1 a wavenumber of 2 and one of 2 + 2 pi/0.1 are the same.
    let formulas = try ["sin(2*x)*t", "sin((2 + 20*pi)*x)*t"].map { try Expression(parsing: $0) }
    let table = try Self.table(teacher)
    let losses = try formulas.map { formula in
      let values = try Program(formula, inputs: table.variables).evaluate(table.columns)
      return Statistics.mean(zip(values, table.target).map { ($0 - $1) * ($0 - $1) }) ?? 1
    }
    // Rounding of an argument of 65.
    #expect(losses.allSatisfy { $0 < 1e-24 })
    let confirmation = try #require(
      Self.oracle(teacher).confirmation(of: formulas, losses: losses, on: table))
    #expect(confirmation.rowCount == 121 + 256)
    #expect(try #require(confirmation.loss(of: formulas[0])).loss < 1e-24)
    // A sixteenth of the domain, where the squared difference is near its largest, 4.
    #expect(try #require(confirmation.loss(of: formulas[1])).loss > 0.1)
  }

  @Test("losses stay means over the domain") func mean() throws {
    let teacher = try ExpressionField("x", ["x"])
    // The second has a bump between the points 0.5 and 0.6.
    let formulas = try ["x", "x + exp(-10000*(x - 0.55)^2)", "x + 1"].map {
      try Expression(parsing: $0)
    }
    let confirmation = try #require(
      Self.oracle(teacher).confirmation(
        of: formulas, losses: [0, 1e-22, 1], on: try Self.table(teacher)))
    let losses = try formulas.map { try #require(confirmation.loss(of: $0)).loss }
    #expect(losses[0] == 0)
    // The integral of its square, sqrt(pi/20000), from some 50 points under it.
    #expect(abs(losses[1] - 0.01253) < 5e-4)
    // Weights sum up to rounding.
    #expect(abs(losses[2] - 1) < 1e-12)
  }

  @Test("one formula alone is not disputed") func single() throws {
    let teacher = try ExpressionField("x", ["x"])
    let confirmation = Self.oracle(teacher).confirmation(
      of: [try Expression(parsing: "x")], losses: [0], on: try Self.table(teacher))
    #expect(confirmation == nil)
  }

  @Test("a search is not misled by its grid, whatever the threads") func search() throws {
    // On the grid this is sin(2 pi x).
    let teacher = try ExpressionField("sin(22*pi*x)", ["x"])
    func result(threads: Int, asking: Bool) throws -> Distillation {
      var distiller = Distiller(
        table: try Self.table(teacher), gridShape: [11],
        grammar: try Grammar(named: "trigonometric"),
        budget: SearchBudget(evaluations: 40_000), threads: threads)
      distiller.oracle = asking ? Self.oracle(teacher) : nil
      return try distiller.run()
    }
    let misled = try result(threads: 1, asking: false)
    let asked = try [1, 2].map { try result(threads: $0, asking: true) }
    // What only rounding is left of.
    #expect(try #require(misled.bestEquation).rSquared > 1 - 1e-12)
    #expect(misled.confirmedRows == nil)
    for result in asked {
      #expect(result.confirmedRows == 11 + 256)
      #expect(try #require(result.bestEquation).rSquared < 0.9)
      // The front is judged once the search is over: a saved search goes on as it would have.
      #expect(result.state == misled.state)
    }
    #expect(asked[0].front.map(\.equation) == asked[1].front.map(\.equation))
    #expect(asked[0].front.map(\.loss) == asked[1].front.map(\.loss))
  }

  @Test("what the answers refute is searched again with them, whatever the threads")
  func searchesAgain() throws {
    // At whole numbers this is x^2.
    let teacher = try ExpressionField("x^2 + sin(pi*x)", ["x"])
    let whole = (0...10).map(Double.init)
    func result(threads: Int, asking: Bool) throws -> Distillation {
      var distiller = Distiller(
        table: try SearchTable(
          variables: ["x"], columns: [whole], targetName: "u",
          target: teacher.sample(at: [whole]).value.values),
        gridShape: [11], grammar: try Grammar(named: "trigonometric"),
        // As for a neuron, which has no error; the sines of multiples of pi are some 1e-15.
        budget: SearchBudget(evaluations: 400_000, targetLoss: 1e-24), threads: threads)
      if asking {
        distiller.oracle = TeacherOracle(
          teacher, at: [(0..<4096).map { 10 * (Double($0) + 0.5) / 4096 }])
      }
      return try distiller.run()
    }
    let misled = try result(threads: 1, asking: false)
    #expect(misled.bestEquation?.equation.description == "x^2")
    #expect(misled.end == .targetReached)
    let asked = try [1, 2].map { try result(threads: $0, asking: true) }
    for result in asked {
      #expect(result.bestEquation?.equation.description == "x^2 + sin(pi*x)")
      #expect(result.rows == 11 + 256)
      #expect(result.evaluations > misled.evaluations)
    }
    #expect(asked[0].front.map(\.loss) == asked[1].front.map(\.loss))
    #expect(asked[0].evaluations == asked[1].evaluations)
  }
}
