import Limbeck

/// Node evaluations per second of random formulas of about 20 nodes over {+ − × ÷ sin exp}, 10,000
/// rows of four variables, beside the plain evaluator that walks the nodes row by row.
///
/// A node evaluation is one node of the formula at one row, whatever the compiler makes of it, and
/// compiling is part of the time.
enum EvaluatorBenchmark {
  private static let rows = 10_000

  static func measure() throws -> [Measurement] {
    var random = RandomStream(seed: 1)
    let formulas = (0..<200).map { _ in formula(15 + random.below(11), &random) }
    let nodes = formulas.reduce(0) { $0 + $1.nodes.count }
    let columns = (0..<4).map { _ in (0..<rows).map { _ in random.uniform(-2, 2) } }
    return [
      try measure("Float", columns.map { $0.map { Float($0) } }, formulas, nodes, columns),
      try measure("Double", columns, formulas, nodes, columns),
    ]
  }

  private static let variables: [Symbol] = ["a", "b", "c", "d"]

  /// A random tree of exactly `size` nodes, or one fewer where a binary operator does not fit.
  private static func formula(_ size: Int, _ random: inout RandomStream) -> Expression {
    guard size > 1 else {
      return random.uniform() < 0.4
        ? Expression(1.5 * random.normal()) : Expression(variables[random.below(4)])
    }
    let operators: [Operator] = [.sin, .exp, .add, .subtract, .multiply, .divide]
    if size == 2 || random.below(6) < 2 {
      return Expression(operators[random.below(2)], formula(size - 1, &random))
    }
    let left = 1 + random.below(size - 2)
    return Expression(
      operators[2 + random.below(4)], formula(left, &random), formula(size - 1 - left, &random))
  }
}
