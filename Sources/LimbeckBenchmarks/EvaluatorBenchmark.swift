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
    let columns = (0..<4).map { _ in (0..<rows).map { _ in random.uniform(-2, 2) } }
    let single = columns.map { column -> AlignedBuffer<Float> in
      let buffer = AlignedBuffer<Float>(count: rows, repeating: 0)
      for (i, value) in column.enumerated() { buffer.pointer[i] = Float(value) }
      return buffer
    }
    let double = columns.map { column -> AlignedBuffer<Double> in
      let buffer = AlignedBuffer<Double>(count: rows, repeating: 0)
      buffer.pointer.update(from: column, count: rows)
      return buffer
    }
    let result = (
      single: AlignedBuffer<Float>(count: rows, repeating: 0),
      double: AlignedBuffer<Double>(count: rows, repeating: 0)
    )
    return [
      measure("Float", formulas, columns) {
        $0.evaluate(
          columns: single.map { UnsafePointer($0.pointer) }, rows: rows,
          into: result.single.pointer)
      },
      measure("Double", formulas, columns) {
        $0.evaluate(
          columns: double.map { UnsafePointer($0.pointer) }, rows: rows,
          into: result.double.pointer)
      },
    ]
  }

  private static func measure(
    _ name: String, _ formulas: [Expression], _ columns: [[Double]],
    _ evaluate: (Program) -> Void
  ) -> Measurement {
    // The plain evaluator is slow: a few formulas and rows tell its rate.
    let (plainFormulas, plainRows) = (formulas.prefix(20), 200)
    let times = alternate(rounds: 9) {
      for formula in formulas {
        guard let program = try? Program(formula, inputs: variables) else { continue }
        evaluate(program)
      }
    } _: {
      for formula in plainFormulas {
        for row in 0..<plainRows {
          let point = zip(variables, columns).map { ($0, $1[row]) }
          _ = formula.evaluate(Dictionary(uniqueKeysWithValues: point))
        }
      }
    }
    func rate(_ formulas: some Sequence<Expression>, _ rows: Int, _ seconds: Double) -> Double {
      Double(formulas.reduce(0) { $0 + $1.nodes.count } * rows) / seconds * 1e-9
    }
    let fast = rate(formulas, rows, times.first)
    let plain = rate(plainFormulas, plainRows, times.second)
    return Measurement(
      name: "formulas \(name)", unit: "GPop/s", value: fast, oracle: "plain evaluator",
      oracleValue: plain, ratio: fast / plain)
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
