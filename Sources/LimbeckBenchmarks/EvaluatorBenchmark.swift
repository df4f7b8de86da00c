import Limbeck

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Node evaluations per second of random formulas of about 20 nodes, 10,000 rows of four variables,
/// beside the plain evaluator that walks the nodes row by row.
///
/// A node evaluation is one node of the formula at one row, whatever the compiler makes of it, and
/// compiling is part of the time.
enum EvaluatorBenchmark {
  /// Sets of operators that formulas are drawn from.
  enum Operators: String, CaseIterable {
    case arithmetic
    case sineExponential = "sin-exp"
    case elementary

    fileprivate var binary: [Operator] {
      [.add, .subtract, .multiply, .divide] + (self == .elementary ? [.power] : [])
    }

    fileprivate var unary: [Operator] {
      switch self {
      case .arithmetic: []
      case .sineExponential: [.sin, .exp]
      case .elementary: [.sin, .exp, .cos, .log, .sqrt, .tanh]
      }
    }
  }

  private static let rows = 10_000

  /// The formulas of a set in postfix order, one a line, for another evaluator to run.
  static func postfixText(_ operators: Operators) -> String {
    formulas(operators).map { formula in
      formula.nodes.map { node in
        node.symbol?.name
          ?? (node.operation == .constant ? "\(node.value)" : node.operation.notation.spelling)
      }.joined(separator: " ") + "\n"
    }.joined()
  }

  private static func formulas(_ operators: Operators) -> [Expression] {
    var random = RandomStream(seed: 1)
    return (0..<200).map { _ in formula(operators, 15 + random.below(11), &random) }
  }

  /// Node evaluations per second of processor time in single precision, the median of a few passes: a
  /// program beside ours that is timed the same way can be compared with it.
  static func singlePrecisionRate(_ operators: Operators) -> Double {
    let formulas = formulas(operators)
    var random = RandomStream(seed: 2)
    let columns = variables.map { _ in
      let column = AlignedBuffer<Float>(count: rows, repeating: 0)
      for row in 0..<rows { column.pointer[row] = Float(random.uniform(-2, 2)) }
      return column
    }
    let result = AlignedBuffer<Float>(count: rows, repeating: 0)
    let times = (0..<7).map { _ in
      let start = clock()
      for formula in formulas {
        guard let program = try? Program(formula, inputs: variables) else { continue }
        program.evaluate(
          columns: columns.map { UnsafePointer($0.pointer) }, rows: rows, into: result.pointer)
      }
      return Double(clock() - start) / Double(CLOCKS_PER_SEC)
    }
    let nodes = formulas.reduce(0) { $0 + $1.nodes.count }
    return Double(nodes * rows) / (Statistics.median(times) ?? .nan)
  }

  static func measure() throws -> [Measurement] {
    Operators.allCases.flatMap(measure)
  }

  private static func measure(_ operators: Operators) -> [Measurement] {
    let formulas = formulas(operators)
    var random = RandomStream(seed: 2)
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
      measure("\(operators.rawValue) Float", formulas, columns) {
        $0.evaluate(
          columns: single.map { UnsafePointer($0.pointer) }, rows: rows,
          into: result.single.pointer)
      },
      measure("\(operators.rawValue) Double", formulas, columns) {
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

  /// A random tree of exactly `size` nodes, or fewer where no operator fits.
  private static func formula(
    _ operators: Operators, _ size: Int, _ random: inout RandomStream
  ) -> Expression {
    guard size > 1 else {
      return random.uniform() < 0.4
        ? Expression(1.5 * random.normal()) : Expression(variables[random.below(4)])
    }
    let (unary, binary) = (operators.unary, operators.binary)
    let choice = random.below(unary.count + (size == 2 ? 1 : binary.count))
    if choice < unary.count {
      return Expression(unary[choice], formula(operators, size - 1, &random))
    }
    if size == 2 { return formula(operators, 1, &random) }
    let left = 1 + random.below(size - 2)
    return Expression(
      binary[choice - unary.count], formula(operators, left, &random),
      formula(operators, size - 1 - left, &random))
  }
}
