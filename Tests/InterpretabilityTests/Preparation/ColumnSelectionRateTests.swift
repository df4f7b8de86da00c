import Interpretability
import Symbolic
import Tensors
import Testing

@Suite("How often column selection errs")
struct ColumnSelectionRateTests {
  /// Laws of two to four columns, with the range of the columns.
  private static let laws: [(law: String, range: ClosedRange<Double>)] = [
    ("a*b", -1...1), ("a*b/c", 1...5), ("a^2*sin(b) + c", 0.3...3), ("exp(-a)*cos(2*b)", 0.1...3),
    ("sqrt(a^2 + b^2 + c^2)", 0...2), ("a*b + c*d", 1...3), ("a/(b + c)", 1...4),
    ("a*exp(-b^2/2)/c", 1...3), ("(a - b)^2*c", 0...2), ("log(a + b*c)", 1...5),
  ]

  /// A table of five hundred columns, of which a law needs a few.
  private static func table(
    seed: Int, rows: Int, noise: Double
  ) throws -> (table: SearchTable, needed: Set<Symbol>) {
    let (law, range) = laws[seed % laws.count]
    var random = RandomStream(seed: UInt64(1000 + seed))
    let columns = (0..<500).map { _ in
      (0..<rows).map { _ in random.uniform(range.lowerBound, range.upperBound) }
    }
    let formula = try Expression(parsing: law)
    var names = columns.indices.map { Symbol("c\($0)") }
    // The law's columns stand anywhere.
    let places = random.permutation(500)
    for (place, name) in zip(places, formula.symbols) { names[place] = name }
    let target = try Program(formula, inputs: names).evaluate(columns)
    let deviation = (Statistics.variance(target) ?? 0).squareRoot()
    let table = try SearchTable(
      variables: names, columns: columns, targetName: "y",
      target: target.map { $0 + noise * deviation * random.normal() })
    return (table, Set(formula.symbols))
  }

  @Test func `no column of a law is lost in twenty tables, and few are too many`() throws {
    var lost = 0
    var extra = 0
    for seed in 0..<20 {
      let (table, needed) = try Self.table(seed: seed, rows: 200, noise: 0.1)
      let selection = ColumnSelection(table, count: nil, seed: 1, threads: 2)
      let chosen = Set(selection.columns.map { table.variables[$0] })
      lost += needed.subtracting(chosen).count
      extra += chosen.subtracting(needed).count
    }
    #expect(lost == 0)
    // Two of them; by chance alone each step adds one in twenty.
    #expect(extra <= 4)
  }
}
