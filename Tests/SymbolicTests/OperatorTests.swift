import Symbolic
import Testing

@Suite("Operators")
struct OperatorTests {
  /// An operator applied to names.
  private func call(_ operation: Operator) -> Expression {
    switch operation.arity {
    case 1: Expression(operation, "a")
    case 2: Expression(operation, "a", "b")
    default: .pi
    }
  }

  @Test(arguments: Operator.allCases.filter { $0 != .constant && $0 != .symbol })
  func `every operator is in every table`(operation: Operator) throws {
    let formula = call(operation)
    // Printer and parser.
    #expect(try Expression(parsing: formula.description) == formula)
    #expect(!formula.latex.isEmpty && !formula.latex.contains("#"))
    #expect(!formula.sympy.isEmpty && !formula.sympy.contains("#"))
    // Plain evaluation and compiled evaluation.
    let point: [Symbol: Double] = ["a": 0.3, "b": 0.7]
    let value = formula.evaluate(point)
    #expect(value.isFinite)
    let compiled = try Program(formula, inputs: ["a", "b"]).evaluate([[0.3], [0.7]])
    #expect(compiled[0].isNearly(value))
    // Derivative, simplifier, normal form.
    #expect(formula.derivative(withRespectTo: "a").evaluate(point).isFinite)
    #expect(formula.simplified().evaluate(point).isNearly(value))
    #expect(formula.isProvablyEqual(to: formula.expanded()))
    #expect(!formula.isIdenticallyZero)
  }

  @Test(arguments: Operator.allCases.filter { $0.arity > 0 })
  func `functions are found by their names`(operation: Operator) {
    for name in [operation.notation.spelling] + operation.notation.aliases
    where name.first?.isLetter == true {
      #expect(Operator.function(named: name) == operation)
    }
  }

  @Test func `spellings are unique`() {
    let spellings = Operator.allCases.flatMap { [$0.notation.spelling] + $0.notation.aliases }
    #expect(Set(spellings).count == spellings.count)
  }

  @Test func `values outside the domain are those of IEEE 754`() {
    #expect(Operator.sqrt(-1).isNaN)
    #expect(Operator.log(-1).isNaN)
    #expect(Operator.log(0) == -.infinity)
    #expect(Operator.divide(1, 0) == .infinity)
    #expect(Operator.power(-8, 1.0 / 3).isNaN)
    #expect(Operator.cbrt(-8) == -2)
    #expect(Operator.max(.nan, 1).isNaN && Operator.min(1, .nan).isNaN)
    #expect(Operator.sign(0) == 0 && Operator.sign(-3) == -1 && Operator.sign(.nan).isNaN)
  }
}
