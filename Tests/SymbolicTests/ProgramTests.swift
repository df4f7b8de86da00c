import Symbolic
import Tensors
import Testing

@Suite("Program")
struct ProgramTests {
  /// Columns of any awkward length, and the same rows as points.
  private func table(rows: Int, seed: UInt64, positive: Bool) -> (
    columns: [[Double]], points: [[Symbol: Double]]
  ) {
    var random = RandomExpressions(seed: seed)
    let points = (0..<rows).map { _ in random.point(positive: positive) }
    return (random.symbols.map { symbol in points.map { $0[symbol] ?? .nan } }, points)
  }

  @Test func `operators take constants on either side`() throws {
    let (columns, points) = table(rows: 67, seed: 6, positive: true)
    for operation in Operator.allCases where operation.arity == 2 {
      for formula in [Expression(operation, "x", 2.5), Expression(operation, 2.5, "x")] {
        let values = try Program(formula, inputs: ["x", "y", "alpha"]).evaluate(columns)
        for (row, point) in points.enumerated() {
          let expected = formula.evaluate(point)
          // Orders of polygamma are whole.
          if expected.isNaN { continue }
          #expect((values[row] - expected).magnitude <= 4 * expected.ulp, "\(formula)")
        }
      }
    }
  }

  @Test func `random formulas agree with the plain evaluator`() throws {
    var random = RandomExpressions(seed: 9)
    // 300 rows are one block of 256 and a ragged rest.
    let (columns, points) = table(rows: 300, seed: 2, positive: false)
    var compared = 0
    for _ in 0..<600 {
      let formula = random.expression(size: 1 + random.stream.below(25))
      let values = try Program(formula, inputs: random.symbols).evaluate(columns)
      for row in stride(from: 0, to: 300, by: 37) {
        let expected = formula.evaluate(points[row])
        guard expected.isFinite else { continue }
        // The spread over a few hundred ulps of the inputs measures how ill-conditioned the formula
        // is; the kernels' few ulps of error in each operation stay below ten times that.
        let spread = [1 + 1e-13, 1 - 1e-13].map { factor in
          (formula.evaluate(points[row].mapValues { $0 * factor }) - expected).magnitude
        }.max()
        guard let spread, spread < 1e-9 * max(1, expected.magnitude) else { continue }
        let tolerance = 10 * spread + 1e-13 * max(1, expected.magnitude)
        #expect((values[row] - expected).magnitude <= tolerance, "\(formula) at \(points[row])")
        compared += 1
      }
    }
    #expect(compared > 1500)
  }

  @Test(arguments: [1, 2, 15, 16, 17, 255, 256, 257, 1000])
  func `a row's value does not depend on how many rows there are`(rows: Int) throws {
    let (columns, _) = table(rows: 1000, seed: 1, positive: true)
    let formula = try Expression(parsing: "sin(3*x)*exp(-y) + alpha/x - 2*y")
    let program = try Program(formula, inputs: ["x", "y", "alpha"])
    let all = program.evaluate(columns)
    #expect(program.evaluate(columns.map { Array($0.prefix(rows)) }) == Array(all.prefix(rows)))
  }

  @Test func `several threads share one program`() async throws {
    let (columns, _) = table(rows: 3000, seed: 12, positive: true)
    let formula = try Expression(parsing: "tanh(x*y) - cos(alpha)^2/x")
    let program = try Program(formula, inputs: ["x", "y", "alpha"])
    let expected = program.evaluate(columns)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 {
        group.addTask { (0..<20).allSatisfy { _ in program.evaluate(columns) == expected } }
      }
      for await isEqual in group { #expect(isEqual) }
    }
  }

  @Test func `constants, names and nothing else compile`() throws {
    #expect(try Program(2, inputs: ["x"]).evaluate([[1.0, 2]]) == [2, 2])
    #expect(try Program("x", inputs: ["x"]).evaluate([[1.0, 2]]) == [1, 2])
    #expect(try Program(.pi * 2, inputs: ["x"]).evaluate([[1.0]]) == [2 * .pi])
    #expect(try Program("x", inputs: ["x"]).evaluate([[Double]()]).isEmpty)
  }

  @Test func `unknown names are refused`() throws {
    let error = try #require(throws: ProgramError.self) {
      try Program(try Expression(parsing: "x + beta"), inputs: ["x", "t"])
    }
    #expect(error.description == "the formula contains 'beta', which is none of x, t")
  }
}

@Suite("Parametric program")
struct ParametricProgramTests {
  private let texts = [
    "2.5*sin(0.3*x + 1) + 4*exp(-0.7*y)", "1.5/(x - 3) - x/2.5 + 2^x + x^1.7",
    "(x - 0.4)*(0.9 - y)/(1.1 + x^2)", "3.5", "sqrt(2.5 + 0.1*x) - 1.25*tanh(0.5*y) - 0.75",
    "max(x, 0.7) + min(1.3*y, 2) + abs(x - 1.1)", "x*y", "log(1.9*x)*cos(2.1*y)*exp(0.2*x)",
  ]
  private let inputs: [Symbol] = ["x", "y"]
  private let columns: [[Double]] = {
    var stream = RandomStream(seed: 77)
    return (0..<2).map { _ in (0..<300).map { _ in stream.uniform(0.2, 2) } }
  }()

  @Test func `derivatives by constants are those of symbolic differentiation`() throws {
    for text in texts {
      let formula = try Expression(parsing: text)
      let program = try ParametricProgram(formula, inputs: inputs)
      #expect(program.constants == formula.constants)
      let result = program.derivatives(columns)
      let (symbolic, names) = try namingConstants(formula)
      for row in stride(from: 0, to: 300, by: 23) {
        var point = Dictionary(uniqueKeysWithValues: zip(names, formula.constants))
        for (symbol, column) in zip(inputs, columns) { point[symbol] = column[row] }
        let value = symbolic.evaluate(point)
        // A handful of operations of at most 3 ulp each on numbers of ordinary size.
        #expect(result.values[row].isNearly(value, relativeTolerance: 1e-13), "\(text)")
        for (index, name) in names.enumerated() {
          let slope = symbolic.derivative(withRespectTo: name).evaluate(point)
          let difference = (result.jacobian[index][row] - slope).magnitude
          #expect(difference <= 1e-12 * max(1, slope.magnitude), "\(text) by \(name)")
        }
      }
    }
  }

  @Test func `other constants can be put in`() throws {
    let formula = try Expression(parsing: "2.5*sin(0.3*x) + 4")
    let program = try ParametricProgram(formula, inputs: inputs)
    let other = [1.5, 0.6, -1]
    let expected = try Program(formula.replacingConstants(other), inputs: inputs)
    let values = program.derivatives(columns, constants: other).values
    for (value, plain) in zip(values, expected.evaluate(columns)) {
      #expect(value.isNearly(plain, relativeTolerance: 1e-14))
    }
  }

  @Test func `normal equations are the products of the Jacobian`() throws {
    for text in texts {
      let program = try ParametricProgram(Expression(parsing: text), inputs: inputs)
      let targets = columns[0].map { $0 * 0.5 - 1 }
      let sums = program.normalEquations(columns, targets: targets)
      let result = program.derivatives(columns)
      let residuals = zip(targets, result.values).map { $0 - $1 }
      func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
      // 300 summands in another order: 300 roundings at worst.
      #expect(sums.squaredError.isNearly(dot(residuals, residuals), relativeTolerance: 1e-12))
      let count = program.constants.count
      for i in 0..<count {
        let scale = dot(residuals, residuals) + dot(result.jacobian[i], result.jacobian[i])
        let descent = dot(result.jacobian[i], residuals)
        #expect((sums.descent[i] - descent).magnitude <= 1e-12 * scale)
        for j in 0..<count {
          let gram = dot(result.jacobian[i], result.jacobian[j])
          let scale =
            dot(result.jacobian[i], result.jacobian[i])
            + dot(result.jacobian[j], result.jacobian[j])
          #expect((sums.gram[i * count + j] - gram).magnitude <= 1e-12 * scale)
        }
      }
    }
  }

  @Test func `fixed constants are no parameters`() throws {
    let x = Expression.Node(symbol: "x")
    let nodes = [Expression.Node(constant: 2, isFixed: true), x, Expression.Node(.multiply)]
    let program = try ParametricProgram(Expression(postfix: nodes), inputs: inputs)
    #expect(program.constants.isEmpty)
    #expect(program.derivatives(columns).jacobian.isEmpty)
  }

  @Test func `too many constants are refused`() throws {
    let sum = (0..<200).reduce(Expression("x")) { $0 * Expression(Double($1) + 0.5) }
    #expect(throws: ProgramError.tooManyConstants(limit: 128)) {
      try ParametricProgram(sum, inputs: inputs)
    }
  }

  /// The formula with a name in the place of each constant.
  private func namingConstants(_ formula: Expression) throws -> (Expression, [Symbol]) {
    var names: [Symbol] = []
    let nodes = formula.nodes.map { node in
      guard node.operation == .constant else { return node }
      names.append(Symbol("constant\(names.count)"))
      return Expression.Node(symbol: names[names.count - 1])
    }
    // `x^2` keeps its square: only constants that are nodes are parameters.
    return (Expression(postfix: nodes), names)
  }
}
