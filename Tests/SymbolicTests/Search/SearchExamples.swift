import Foundation
import Symbolic
import Tensors

/// Tables and vocabularies that several tests search.
enum SearchExamples {
  /// The operators of a general grammar.
  static let operators: [Symbolic.Operator] = [
    .add, .subtract, .multiply, .divide, .sin, .cos, .exp, .log, .sqrt, .square,
  ]

  /// The heat equation's first mode on a 30×30 grid with a smooth error, as a network makes it.
  static func heat(error: Double) throws -> SearchTable {
    var x: [Double] = []
    var t: [Double] = []
    var u: [Double] = []
    for i in 0..<30 {
      for j in 0..<30 {
        let (a, b) = (Double(i) / 29, Double(j) / 29)
        x.append(a)
        t.append(b)
        u.append(
          Foundation.sin(.pi * a) * Foundation.exp(-0.01 * .pi * .pi * b)
            + error * Foundation.sin(2 * a + 1) * Foundation.cos(3 * b))
      }
    }
    return try SearchTable(variables: ["x", "t"], columns: [x, t], targetName: "u", target: u)
  }

  /// A table of `y = f(a, b)` at random points of [1, 3]².
  static func table(
    rows: Int, seed: UInt64 = 5, weights: [Double]? = nil, _ f: (Double, Double) -> Double
  ) throws -> SearchTable {
    var stream = RandomStream(seed: seed)
    let a = (0..<rows).map { _ in stream.uniform(1, 3) }
    let b = (0..<rows).map { _ in stream.uniform(1, 3) }
    return try SearchTable(
      variables: ["a", "b"], columns: [a, b], targetName: "y", target: zip(a, b).map(f),
      weights: weights)
  }

  /// A table of a law at random points of a box.
  static func table(
    _ law: String, rows: Int, seed: UInt64 = 5, noise: Double = 0,
    ranges: [(name: Symbol, range: ClosedRange<Double>)]
  ) throws -> SearchTable {
    var stream = RandomStream(seed: seed)
    let columns = ranges.map { column in
      (0..<rows).map { _ in stream.uniform(column.range.lowerBound, column.range.upperBound) }
    }
    let variables = ranges.map(\.name)
    let expression = try Symbolic.Expression(parsing: law)
    let target = try Program(expression, inputs: variables).evaluate(columns)
    return try SearchTable(
      variables: variables, columns: columns, targetName: "y",
      target: target.map { $0 * (1 + noise * stream.normal()) })
  }

  /// A general vocabulary for a table.
  static func vocabulary(
    _ table: SearchTable, operators: [Symbolic.Operator] = operators, size: Int = 25,
    depth: Int = 8, nesting: [Vocabulary.NestingLimit] = []
  ) throws -> Vocabulary {
    try Vocabulary(
      variables: table.variables, operators: operators, nesting: nesting, maximumComplexity: size,
      maximumDepth: depth)
  }

  /// The vocabulary of `u = X(x)*T(t)`.
  static func separable(_ table: SearchTable) throws -> Vocabulary {
    let parts = [
      Vocabulary.Part(name: "X", columns: [0]), Vocabulary.Part(name: "T", columns: [1]),
    ]
    return try Vocabulary(
      variables: table.variables, operators: operators, maximumComplexity: 25, maximumDepth: 8,
      parts: parts,
      template: Vocabulary.template("X" * "T", parts: parts, variables: table.variables))
  }

  /// Few and small islands, for tests that only compare runs.
  static var small: SearchOptions {
    var options = SearchOptions()
    options.islands = 4
    options.population = 30
    options.epoch = 100
    return options
  }
}
