package import Limbeck

/// The table from which a law is to be found again.
package struct Observations: Sendable, Equatable {
  /// The variables, the irrelevant ones after the law's own, and the target last.
  package let table: Table

  /// The number of the law's own variables; theirs are the first columns.
  package let variableCount: Int

  /// Standard deviation of the noise in units of the target's.
  package let noise: Double

  /// The smallest and the greatest value of each of the law's variables.
  package var ranges: [ClosedRange<Double>] {
    table.columns[..<variableCount].map { ($0.min() ?? 0)...($0.max() ?? 0) }
  }

  /// Observes a law.
  ///
  /// Every draw depends on the seed and the problem's id alone, not on what else is observed.
  ///
  /// - Parameters:
  ///   - problem: The law.
  ///   - conditions: How many rows, how noisy, how many other columns.
  ///   - seed: The seed of all draws.
  /// - Throws: `ProgramError`, or ``ObservationError`` if the law has no value somewhere.
  package init(of problem: BenchmarkProblem, under conditions: Conditions, seed: Int) throws {
    // FNV-1a of the id, so that a problem's rows do not depend on its place in a file.
    let name = problem.id.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    let streams = RandomStream(seed: name).child(seed)
    var random = streams.child(0)
    var columns = try problem.columns(rows: problem.rows ?? conditions.rows, &random)
    let symbols = problem.variables.map(\.symbol)
    var target = try Program(problem.formula, inputs: symbols).evaluate(columns)
    if let row = target.firstIndex(where: { !$0.isFinite }) {
      throw ObservationError.undefined(problem.id, row: row + 1)
    }

    let noise = conditions.noise ?? problem.noise ?? 0
    if noise > 0 {
      var random = streams.child(1)
      let scale = noise * (Statistics.variance(target) ?? 0).squareRoot()
      for row in target.indices { target[row] += scale * random.normal() }
    }
    // In the ranges of the law's own variables, so that their size does not betray them.
    var others = streams.child(2)
    for index in 0..<conditions.irrelevant {
      let range = problem.variables[index % problem.variables.count].range
      columns.append(target.map { _ in others.uniform(range.lowerBound, range.upperBound) })
    }
    self.noise = noise
    variableCount = symbols.count
    table = Table(
      names: symbols.map(\.name) + (0..<conditions.irrelevant).map { "other_\($0 + 1)" }
        + [problem.target.name],
      columns: columns + [target])
  }
}

/// Why a law cannot be observed.
package enum ObservationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The formula has no finite value on a row, counted from 1.
  case undefined(String, row: Int)

  /// One sentence that says what was found, and what to do about it.
  package var description: String {
    switch self {
    case .undefined(let id, let row):
      "the formula of '\(id)' has no value on row \(row); narrow the ranges of its variables"
    }
  }
}
