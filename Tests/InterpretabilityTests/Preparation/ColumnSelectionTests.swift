import Interpretability
import Symbolic
import Tensors
import Testing

@Suite("Column selection")
struct ColumnSelectionTests {
  /// A law in the columns c3, c17 and c40 of a wide table.
  private static func table(
    _ law: String, columns: Int, rows: Int = 800, noise: Double = 0, range: ClosedRange<Double>,
    seed: UInt64
  ) throws -> SearchTable {
    var random = RandomStream(seed: seed)
    let names = (0..<columns).map { Symbol("c\($0)") }
    let values = names.map { _ in
      (0..<rows).map { _ in random.uniform(range.lowerBound, range.upperBound) }
    }
    let target = try Program(try Expression(parsing: law), inputs: names).evaluate(values)
    let deviation = (Statistics.variance(target) ?? 0).squareRoot()
    return try SearchTable(
      variables: names, columns: values, targetName: "y",
      target: target.map { $0 + noise * deviation * random.normal() })
  }

  @Test(
    "the columns of a law among two hundred",
    arguments: [
      ("c3^2*sin(c17) + c40", 0.3...3),
      ("c3*c17/c40", 1...5),
      ("exp(-c3)*cos(2*c17)", 0.1...3),
      // Symmetric about zero: neither factor shows anything alone.
      ("c3*c17", -1...1),
      ("sqrt(c3^2 + c17^2 + c40^2)", 0...2),
      ("c3*c17 + c40^2", -1...1),
    ] as [(String, ClosedRange<Double>)], [0, 0.1])
  func finds(law: (String, ClosedRange<Double>), noise: Double) throws {
    let table = try Self.table(law.0, columns: 200, noise: noise, range: law.1, seed: 7)
    let needed = try Expression(parsing: law.0).symbols
    let chosen = ColumnSelection(table, count: nil, seed: 1, threads: 2).columns
    let names = Set(chosen.map { table.variables[$0] })
    #expect(names.isSuperset(of: needed), "found \(names.map(\.name).sorted())")
    // Chance gives a column more now and then.
    #expect(chosen.count <= needed.count + 2)
    let asked = ColumnSelection(table, count: needed.count, seed: 1, threads: 1).columns
    #expect(asked.count == needed.count)
  }

  @Test func `no result depends on the number of threads`() throws {
    let table = try Self.table("c3*c17 + c1", columns: 60, noise: 0.3, range: -1...1, seed: 3)
    let one = ColumnSelection(table, count: 5, seed: 2, threads: 1).columns
    #expect(ColumnSelection(table, count: 5, seed: 2, threads: 2).columns == one)
  }

  @Test func `a target that depends on nothing is left with few columns`() throws {
    var random = RandomStream(seed: 11)
    var counts: [Int] = []
    for _ in 0..<5 {
      let columns = (0..<50).map { _ in (0..<200).map { _ in random.uniform() } }
      let table = try SearchTable(
        variables: columns.indices.map { Symbol("c\($0)") }, columns: columns, targetName: "y",
        target: (0..<200).map { _ in random.normal() })
      counts.append(ColumnSelection(table, count: nil, seed: 1, threads: 1).columns.count)
    }
    #expect(counts.allSatisfy { $0 <= ColumnSelection.automaticLimit })
  }

  @Test func `pearson's ratio of a step is that of its variance`() {
    // Eight bins of ten rows; the values are 1 in the upper half and -1 in the lower one.
    let column = (0..<80).map { Double($0) }
    let values = (0..<80).map { $0 < 40 ? -1.0 : 1.0 }
    // Σ n_b r̄_b² = 80 over seven degrees of freedom.
    let excess = BinnedDependence([column]).excess(0, values)
    #expect((excess - (80 - 7) / 14.0.squareRoot()).magnitude < 1e-12)
    #expect(BinnedDependence.ranks([3, 1, 3, 2]) == [0.75, 0.125, 0.75, 0.375])
  }
}
