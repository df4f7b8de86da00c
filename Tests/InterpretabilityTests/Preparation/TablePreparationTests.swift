import Interpretability
import RunStore
import Symbolic
import Tensors
import Testing

@Suite("What a table brings")
struct TablePreparationTests {
  /// Columns a, b, constant g = 9.81, twice = a, kind in 0...2 and the target a·b.
  private static func source(rows: Int = 100) -> Table {
    var random = RandomStream(seed: 2)
    let a = (0..<rows).map { _ in random.uniform(1, 3) }
    let b = (0..<rows).map { _ in random.uniform(1, 3) }
    return Table(
      names: ["a", "b", "g", "twice", "kind", "y"],
      columns: [
        a, b, a.map { _ in 9.81 }, a, a.indices.map { Double($0 % 3) }, zip(a, b).map { $0 * $1 },
      ])
  }

  @Test func `constant and repeated columns are left out and named`() throws {
    let sample = try TableSample(Self.source(), path: "t.csv", roles: .init())
    #expect(sample.table.variables == ["a", "b", "kind"])
    #expect(
      sample.notes.map(\.description) == [
        "column 'g' is 9.81 in every row: left out",
        "column 'twice' repeats column 'a': left out",
        "column 'kind' has only the values 0, 1, 2: searched as a number, not as names of categories",
      ])
  }

  @Test func `columns that are asked for by name stay`() throws {
    var roles = TableSample.Roles()
    roles.variables = ["a", "g", "twice"]
    let sample = try TableSample(Self.source(), path: "t.csv", roles: roles)
    #expect(sample.table.variables == ["a", "g", "twice"])
  }

  @Test func `a column that is the target is named`() throws {
    let source = Self.source()
    let table = Table(
      names: source.names + ["z"], columns: source.columns + [source.columns[5]])
    let notes = try TableSample(table, path: "t.csv", roles: .init()).notes
    #expect(notes.contains(.copyOfTarget("y")))
  }

  @Test func `repeated rows are counted`() throws {
    let source = Self.source(rows: 10)
    let table = Table(
      names: ["a", "b", "y"], columns: [0, 1, 5].map { source.columns[$0] + source.columns[$0] })
    let notes = try TableSample(table, path: "t.csv", roles: .init()).notes
    #expect(notes == [.repeatedRows(10, of: 20)])
    #expect(
      notes[0].description == "10 of 20 rows repeat others: each counts as often as it occurs")
  }

  @Test func `a table of constants has nothing to explain by`() throws {
    let table = Table(names: ["g", "y"], columns: [[1, 1, 1, 1], [1, 2, 3, 4]])
    #expect(throws: DistillationError.noVariation(path: "t.csv")) {
      try TableSample(table, path: "t.csv", roles: .init())
    }
  }

  @Test func `losses of a sample's equations are those of all rows`() throws {
    // Noise, so that the losses of a sample and of all rows differ.
    var random = RandomStream(seed: 9)
    let source = Self.source(rows: 120_000)
    let y = source.columns[5].map { $0 + 0.1 * random.normal() }
    let table = Table(names: ["a", "b", "y"], columns: [source.columns[0], source.columns[1], y])
    let sample = try TableSample(table, path: "t.csv", roles: .init())
    #expect(sample.table.rowCount == TablePreparation.automaticRows)
    #expect(sample.notes == [.sampled(TablePreparation.automaticRows, of: 120_000)])
    var distiller = Distiller(
      table: sample.table, grammar: try Grammar(named: "arithmetic"),
      budget: SearchBudget(evaluations: 40_000), threads: 2)
    distiller.confirmation = sample.confirmation
    let result = try distiller.run()
    #expect(result.confirmedRows == 120_000)
    let mean = try #require(Statistics.mean(y))
    let squares = Statistics.sum(y.map { ($0 - mean) * ($0 - mean) })
    for equation in result.front {
      let values = try Program(equation.numeric, inputs: ["a", "b"]).evaluate(
        [source.columns[0], source.columns[1]])
      let sum = Statistics.sum(zip(values, y).map { ($0 - $1) * ($0 - $1) })
      // Sums of as many squares, added up in another order.
      #expect((equation.loss / (sum / 120_000) - 1).magnitude < 1e-9)
      #expect((equation.rSquared - (1 - sum / squares)).magnitude < 1e-9)
    }
    #expect(result.bestEquation?.equation == "a" * "b")
  }

  @Test func `an equation with a pole among the other rows is not confirmed`() throws {
    // 1/(x − 1) cannot be told from data on a sample that misses the row x = 1.
    let x = (0..<2000).map { 2 + Double($0) / 1000 } + [1]
    let y = x.map { $0 == 1 ? 5 : 1 / ($0 - 1) }
    let table = Table(names: ["x", "y"], columns: [x, y])
    var preparation = TablePreparation()
    preparation.rows = 50
    let sample = try TableSample(table, path: "t.csv", roles: .init(), preparation: preparation)
    try #require(!sample.table.columns[0].contains(1))
    var distiller = Distiller(
      table: sample.table, grammar: try Grammar(named: "arithmetic"),
      budget: SearchBudget(evaluations: 30_000), threads: 1)
    let exact = try distiller.run()
    #expect(exact.front.last?.loss ?? 1 < 1e-20)
    distiller.confirmation = sample.confirmation
    #expect(try distiller.run().front.allSatisfy { $0.loss > 1e-6 })
  }

  @Test func `equations of a smooth target are judged by the original`() throws {
    var random = RandomStream(seed: 4)
    let source = Self.source(rows: 400)
    let y = source.columns[5].map { $0 + 0.2 * random.normal() }
    let table = Table(names: ["a", "b", "y"], columns: [source.columns[0], source.columns[1], y])
    var preparation = TablePreparation()
    preparation.isDenoised = true
    let sample = try TableSample(table, path: "t.csv", roles: .init(), preparation: preparation)
    var distiller = Distiller(
      table: sample.table, grammar: try Grammar(named: "arithmetic"),
      budget: SearchBudget(evaluations: 40_000), threads: 2)
    let smooth = try #require(sample.smoothedTarget)
    distiller.searchedTarget = smooth
    let best = try #require(try distiller.run().bestEquation)
    let values = try Program(best.numeric, inputs: ["a", "b"]).evaluate(sample.table.columns)
    let loss = Statistics.sum(zip(values, y).map { ($0 - $1) * ($0 - $1) }) / 400
    #expect((best.loss / loss - 1).magnitude < 1e-9)
    #expect(best.loss > 0.02)
  }
}
