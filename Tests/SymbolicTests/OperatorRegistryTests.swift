import Symbolic
import Tensors
import Testing

/// One walk over all operators and every table they have to be in; the kernels' own tests repeat the
/// evaluator's part at each instruction set.
@Suite("Operator registry")
struct OperatorRegistryTests {
  static let operators = Operator.allCases.filter { $0.arity > 0 }

  @Test(arguments: operators)
  func `compiled values agree with the definition`(operation: Operator) throws {
    for box in operation.boxes {
      let formula = operation.call(in: box)
      let program = try Program(formula, inputs: ["a", "b"])
      let points = operation.points(in: box, count: 300)
      let values = program.evaluate(columns(points))
      let rounded = points.map { $0.map { Double(Float($0)) } }
      let singles = program.evaluate(columns(rounded).map { $0.map { Float($0) } })
      for (row, point) in points.enumerated() {
        let expected = formula.evaluate(named(point))
        let rounded = formula.evaluate(named(rounded[row]))
        // The kernels promise 3 ulp, the C library 2 on its own side.
        #expect(
          (values[row] - expected).magnitude <= 5 * expected.ulp, "\(formula) at \(point)")
        #expect(
          (Double(singles[row]) - rounded).magnitude <= 5 * Double(Float(rounded).ulp),
          "\(formula) at \(point) in Float")
      }
    }
  }

  @Test(arguments: operators)
  func `derivatives by constants agree with central differences`(operation: Operator) throws {
    for box in operation.boxes {
      // Each operand that may vary has a factor of 1 to differentiate by.
      var factors: [Int] = []
      let operands = box.indices.map { index -> Expression in
        guard box[index].lowerBound < box[index].upperBound else {
          return Expression(postfix: [.init(constant: box[index].lowerBound, isFixed: true)])
        }
        factors.append(index)
        return 1 * Expression(Symbol(["a", "b"][index]))
      }
      let formula =
        operands.count == 1
        ? Expression(operation, operands[0]) : Expression(operation, operands[0], operands[1])
      let program = try ParametricProgram(formula, inputs: ["a", "b"])
      let points = operation.points(in: box, count: 50)
      let jacobian = program.derivatives(columns(points)).jacobian
      try #require(jacobian.count == factors.count)
      for (slope, index) in zip(jacobian, factors) {
        for (row, point) in points.enumerated() {
          let difference = centralDifference(operation, at: point, by: index) * point[index]
          #expect(
            (slope[row] - difference).magnitude <= 1e-7 * max(1, slope[row].magnitude),
            "\(formula) by factor \(index) at \(point)")
        }
      }
    }
  }

  @Test(arguments: operators)
  func `symbolic derivatives agree with central differences`(operation: Operator) {
    for box in operation.boxes {
      let formula = operation.call(in: box)
      for (index, name) in ["a", "b"].prefix(box.count).enumerated()
      where box[index].lowerBound < box[index].upperBound {
        let derivative = formula.derivative(withRespectTo: Symbol(name))
        let simplified = derivative.simplified()
        for point in operation.points(in: box, count: 50) {
          let difference = centralDifference(operation, at: point, by: index)
          for derivative in [derivative, simplified] {
            let value = derivative.evaluate(named(point))
            #expect(
              (value - difference).magnitude <= 1e-7 * max(1, value.magnitude),
              "\(derivative) is not the derivative of \(formula) at \(point)")
          }
        }
      }
    }
  }

  @Test(arguments: operators)
  func `text reads back`(operation: Operator) throws {
    for box in operation.boxes {
      let formula = operation.call(in: box)
      #expect(try Expression(parsing: formula.description).description == formula.description)
    }
    let formula =
      operation.arity == 1 ? Expression(operation, "a") : Expression(operation, "a", "b")
    #expect(try Expression(parsing: formula.description) == formula)
    for name in [operation.notation.spelling] + operation.notation.aliases
    where name.first?.isLetter == true {
      #expect(Operator.function(named: name) == operation)
    }
  }

  @Test(arguments: operators)
  func `every style has a form`(operation: Operator) {
    for style in ExpressionStyle.allCases {
      let text = operation.call(in: operation.boxes[0]).formatted(style)
      #expect(!text.isEmpty && !text.contains("#"), "\(style)")
    }
  }

  @Test(arguments: operators)
  func `simplifying keeps the value`(operation: Operator) {
    for box in operation.boxes {
      let formula = operation.call(in: box)
      #expect(formula.isProvablyEqual(to: formula.expanded()))
      for point in operation.points(in: box, count: 20) {
        let value = formula.evaluate(named(point))
        #expect(formula.simplified().evaluate(named(point)).isNearly(value), "\(formula)")
      }
    }
  }

  /// Fourth order: the error is step⁴·f⁽⁵⁾/30 and rounding/step, both below 1e-9 of the scale here.
  private func centralDifference(
    _ operation: Operator, at point: [Double], by index: Int
  ) -> Double {
    let step = 1e-3 * min(1, point[index].magnitude + 0.01)
    func value(_ offset: Double) -> Double {
      var point = point
      point[index] += offset * step
      return operation(point[0], point.count > 1 ? point[1] : .nan)
    }
    return (8 * (value(1) - value(-1)) - (value(2) - value(-2))) / (12 * step)
  }

  private func named(_ point: [Double]) -> [Symbol: Double] {
    Dictionary(uniqueKeysWithValues: zip(["a", "b"], point))
  }

  private func columns(_ points: [[Double]]) -> [[Double]] {
    [points.map { $0[0] }, points.map { $0.count > 1 ? $0[1] : 0 }]
  }
}
