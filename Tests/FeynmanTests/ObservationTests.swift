import Limbeck
import Testing

import feynman

@Suite("Observations of laws")
struct ObservationTests {
  private func problem(_ lines: String) throws -> BenchmarkProblem {
    try #require(try ProblemFile(parsing: "[test]\n" + lines, name: "test").problems.first)
  }

  @Test func `grids combine, and the bounds belong to them`() throws {
    let law = try problem("f = x + 10*y\nx in [0, 0.3] step 0.1\ny in [1, 2] step 0.5")
    let table = try Observations(of: law, under: Conditions(), seed: 1).table
    #expect(table.rowCount == 4 * 3)
    #expect(Set(table.columns[0]).count == 4 && Set(table.columns[1]) == [1, 1.5, 2])
    #expect(Set(zip(table.columns[0], table.columns[1]).map { "\($0) \($1)" }).count == 12)
  }

  @Test func `random rows stay in their ranges and repeat`() throws {
    let law = try problem("f = x*n*s\nx in [-1, 2]\nn in [1, 3] integer\ns in [1, 100] logarithmic")
    let conditions = Conditions(rows: 2000, noise: nil, irrelevant: 2)
    let observations = try Observations(of: law, under: conditions, seed: 4)
    let table = observations.table
    #expect(table.names == ["x", "n", "s", "other_1", "other_2", "f"])
    #expect(Set(table.columns[1]) == [1, 2, 3])
    for (range, variable) in zip(observations.ranges, law.variables) {
      #expect(variable.range.contains(range.lowerBound))
      #expect(variable.range.contains(range.upperBound))
    }
    // Half of logarithmic draws lie below the geometric mean: 1000 ± 22 of them.
    #expect((900...1100).contains(table.columns[2].count { $0 < 10 }))
    #expect(try Observations(of: law, under: conditions, seed: 4) == observations)
    #expect(try Observations(of: law, under: conditions, seed: 5).table != table)
  }

  @Test func `noise is a fraction of the target's spread and leaves the variables alone`() throws {
    let law = try problem("f = 3*x\nx in [0, 1]")
    let quiet = try Observations(of: law, under: Conditions(rows: 20_000), seed: 1).table
    let noisy = try Observations(
      of: law, under: Conditions(rows: 20_000, noise: 0.1), seed: 1
    ).table
    #expect(noisy.columns[0] == quiet.columns[0])
    let errors = zip(noisy.columns[1], quiet.columns[1]).map { $0 - $1 }
    let spread = try #require(Statistics.variance(quiet.columns[1])).squareRoot()
    let ratio = try #require(Statistics.variance(errors)).squareRoot() / spread
    // The standard error of a standard deviation from 20,000 rows is half a percent.
    #expect(abs(ratio - 0.1) < 0.002)
  }

  @Test func `a law without a value is refused`() throws {
    let law = try problem("f = log(x)\nx in [-1, 1]")
    #expect(throws: ObservationError.self) {
      _ = try Observations(of: law, under: Conditions(), seed: 1)
    }
  }
}
