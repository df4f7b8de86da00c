import Interpretability
import Symbolic
import Tensors
import Testing

@Suite("Rounding of written tables")
struct DecimalRoundingTests {
  /// A number as a table has it that was written with so many significant digits.
  private func written(_ value: Double, digits: Int) -> Double {
    guard value != 0 else { return 0 }
    let scale = Operator.power(10, Double(digits - 1) - Operator.floor(Operator.log10(abs(value))))
    // Through text, as tables are: a quotient by a power of ten is not always the nearest number.
    return Double("\((value * scale).rounded() / scale)") ?? value
  }

  private func columns(digits: Int?) -> (x: [Double], y: [Double]) {
    var random = RandomStream(seed: 5)
    let x = (0..<2000).map { _ in random.uniform(1, 4) }
    let y = x.map { 2.5 * Operator.exp(-0.7 * $0) * $0 }
    guard let digits else { return (x, y) }
    return (x.map { written($0, digits: digits) }, y.map { written($0, digits: digits) })
  }

  @Test(arguments: [6, 7, 9])
  func `the loss of the law behind a rounded table is foreseen`(digits: Int) throws {
    let (x, y) = columns(digits: digits)
    let foreseen = try #require(DecimalRounding.loss(of: [x], target: y))
    let variance = try #require(Statistics.variance(y))
    let squares = zip(x, y).map { x, y in
      let error = 2.5 * Operator.exp(-0.7 * x) * x - y
      return error * error
    }
    let real = Statistics.sum(squares) / Double(y.count) / variance
    // Not missed, and not so generous that a look-alike passes.
    #expect(real <= foreseen)
    #expect(foreseen <= 20 * real)
  }

  @Test func `columns with fixed decimals are recognised`() throws {
    var random = RandomStream(seed: 2)
    let y = (0..<500).map { _ in
      Double("\((random.uniform(0, 300) * 1e4).rounded() / 1e4)") ?? 0
    }
    let rounding = try #require(DecimalRounding(y))
    #expect(abs(rounding.meanSquare / (1e-8 / 12) - 1) < 1e-9)
  }

  @Test func `numbers in full, whole numbers and short fractions are no rounding`() {
    let (x, y) = columns(digits: nil)
    #expect(DecimalRounding.loss(of: [x], target: y) == nil)
    #expect(DecimalRounding((0..<100).map { Double($0 % 7) }) == nil)
    #expect(DecimalRounding((0..<100).map { 0.25 * Double($0) }) == nil)
  }

  @Test func `three digits are too few to know a law by`() {
    let (x, y) = columns(digits: 3)
    #expect(DecimalRounding.loss(of: [x], target: y) == nil)
  }

  @Test func `a search of a rounded table ends when it has found the law`() throws {
    let (x, y) = columns(digits: 6)
    let loss = try #require(DecimalRounding.loss(of: [x], target: y))
    let table = try SearchTable(variables: ["x"], columns: [x], targetName: "y", target: y)
    var distiller = Distiller(
      table: table, grammar: try Grammar(named: "general"),
      budget: SearchBudget(evaluations: 2_000_000, targetLoss: loss), threads: 2)
    distiller.seed = 1
    let result = try distiller.run()
    #expect(result.end == .targetReached)
    let best = try #require(result.bestEquation)
    #expect(best.complexity <= 12, "\(best.equation)")
  }
}
