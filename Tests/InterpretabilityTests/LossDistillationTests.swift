import Interpretability
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

@Suite("Distillation by other losses")
struct LossDistillationTests {
  /// `y = 5/2 z sin x + 1` with every tenth row far above.
  private static func spoilt() throws -> SearchTable {
    var stream = RandomStream(seed: 6)
    let points = (0..<300).map { _ in (stream.uniform(-3, 3), stream.uniform(0.5, 2)) }
    let target = points.enumerated().map { row, point in
      2.5 * point.1 * sin(point.0) + 1 + (row % 10 == 3 ? 20 + 60 * stream.uniform(0, 1) : 0)
    }
    return try table(points, target)
  }

  private static func table(
    _ points: [(Double, Double)], _ target: [Double]
  ) throws -> SearchTable {
    try SearchTable(
      variables: ["x", "z"], columns: [points.map(\.0), points.map(\.1)], targetName: "y",
      target: target)
  }

  private static func run(_ loss: String, _ table: SearchTable) throws -> Distillation {
    let grammar = try Grammar(
      contentsOf: "binary + - * /\nunary sin exp\nmaxsize 15\nloss \(loss)", file: "g")
    var distiller = Distiller(
      table: table, grammar: grammar, budget: SearchBudget(evaluations: 100_000), threads: 2)
    distiller.seed = 3
    return try distiller.run()
  }

  /// The mean of a loss and R² over the rows, apart from how they are fitted.
  private static func quality(
    _ formula: Expression, _ loss: Loss, _ table: SearchTable
  ) throws -> (loss: Double, rSquared: Double) {
    let values = try Program(formula, inputs: table.variables).evaluate(table.columns)
    let n = Double(table.rowCount)
    let mean = table.target.reduce(0, +) / n
    let pairs = zip(values, table.target)
    return (
      pairs.reduce(0) { $0 + loss.value(prediction: $1.0, target: $1.1) } / n,
      1 - pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        / table.target.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    )
  }

  @Test(arguments: ["l1", "abs(prediction - target)"])
  func `behind one outlier in ten rows the formula is found to the last digit`(
    loss: String
  ) throws {
    let best = try #require(try Self.run(loss, try Self.spoilt()).bestEquation)
    // The median of errors that are mostly zero is zero: constants are as exact as the other rows.
    #expect(best.equation.description == "2.5*z*sin(x) + 1", "\(best.equation)")
    let form = try #require(best.constants.first { $0.form != nil && ($0.standardError ?? 0) > 0 })
    #expect(try #require(form.standardError) < 1e-5)
  }

  @Test func `Huber's loss finds the form, and constants within their errors`() throws {
    let best = try #require(try Self.run("huber 0.1", try Self.spoilt()).bestEquation)
    // A tenth of the rows pulls with the force of the width: 0.1·0.1/0.9 at the offset.
    let value = best.numeric.evaluate(["x": 1.2, "z": 1.5])
    #expect(abs(value - (3.75 * sin(1.2) + 1)) < 0.02)
    #expect(best.equation.symbols == ["x", "z"])
    #expect(best.complexity <= 9)
  }

  @Test func `squares lose the formula among outliers`() throws {
    let table = try Self.spoilt()
    let best = try #require(try Self.run("l2", table).bestEquation)
    let value = best.numeric.evaluate(["x": 1.2, "z": 1.5])
    // One row in ten is 50 too high on average.
    #expect(!(abs(value - (3.75 * sin(1.2) + 1)) < 0.5))
  }

  @Test(arguments: ["l1", "huber 0.5", "logcosh", "quantile 0.3", "(prediction - target)^4"])
  func `the loss of the front is the one asked for, and R² stays what it is`(
    loss: String
  ) throws {
    let table = try Self.spoilt()
    let result = try Self.run(loss, table)
    #expect(result.front.count > 2)
    for equation in result.front {
      let own = try Self.quality(equation.numeric, result.loss, table)
      // Rounding in another order.
      #expect(abs(own.loss - equation.loss) <= 1e-9 * own.loss, "\(equation.equation)")
      #expect(abs(own.rSquared - equation.rSquared) <= 1e-9)
    }
  }

  @Test func `a quantile is found where it differs from the mean`() throws {
    var stream = RandomStream(seed: 8)
    let points = (0..<2000).map { _ in (stream.uniform(-3, 3), stream.uniform(0.5, 2)) }
    // An exponential error of mean z has its quantile 0.9 at z log 10.
    let table = try Self.table(
      points, points.map { 2 * $0.0 - $0.1 * log(stream.uniform(1e-12, 1)) })
    let best = try #require(try Self.run("quantile 0.9", table).bestEquation)
    let below = try Program(best.numeric, inputs: table.variables).evaluate(table.columns)
    let share = Double(zip(below, table.target).count { $0 > $1 }) / 2000
    // Closed forms may move it by three standard deviations of a count, 0.007 each.
    #expect(abs(share - 0.9) < 0.025)
    let miss = zip(points, below).map { abs($1 - 2 * $0.0 - log(10) * $0.1) }.reduce(0, +) / 2000
    // Six standard errors of the factor of z: sqrt(0.09/2000)/0.1 = 0.07.
    #expect(miss < 0.4, "\(best.equation)")
  }

  @Test func `counts give their rate`() throws {
    var stream = RandomStream(seed: 9)
    let points = (0..<1500).map { _ in (stream.uniform(-2, 2), stream.uniform(0.5, 2)) }
    // Knuth's method: as many factors as it takes to fall below exp(-rate).
    let table = try Self.table(
      points,
      points.map { x, z in
        var (product, count) = (stream.uniform(0, 1), 0.0)
        while product > exp(-3 * z * exp(x)) {
          product *= stream.uniform(0, 1)
          count += 1
        }
        return count
      })
    let best = try #require(try Self.run("poisson", table).bestEquation)
    #expect(best.equation == (try Expression(parsing: "3*z*exp(x)")), "\(best.equation)")
    // The standard error of the factor is sqrt(3 / Σ z exp(x)): 1500 rows of mean 1.25 · sinh(2)/2.
    let error = try #require(best.constants.compactMap(\.standardError).first { $0 > 0 })
    #expect(abs(error - 0.0297) < 0.003)
  }
}
