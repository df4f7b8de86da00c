import Symbolic
import Testing

@Suite("Expression")
struct ExpressionTests {
  @Test func `nodes are sixteen bytes`() {
    #expect(MemoryLayout<Expression.Node>.stride == 16)
  }

  @Test func `size, depth, names and constants`() throws {
    let formula = try Expression(parsing: "2.5*sin(x + y)/z - 3")
    #expect(formula.complexity == 10)
    #expect(formula.depth == 6)
    #expect(formula.symbols == ["x", "y", "z"])
    #expect(formula.constants == [2.5, 3])
    #expect(formula.replacingConstants([1, 4]).description == "1*sin(x + y)/z - 4")
  }

  @Test func `names are sorted by text, whatever the order they were met in`() {
    let late = Symbol("aaa_met_last")
    let early = Symbol("zzz_met_first")
    #expect((Expression(early) + Expression(late)).symbols == [late, early])
    #expect(late < early && !(early < late) && !(late < late))
  }

  @Test func `subtrees can be taken and exchanged`() throws {
    let formula = try Expression(parsing: "sin(x)*(y + 1)")
    #expect(formula.operands.map(\.description) == ["sin(x)", "y + 1"])
    #expect(formula.subtree(endingAt: 1).description == "sin(x)")
    #expect(formula.replacingSubtree(endingAt: 1, with: "t").description == "t*(y + 1)")
  }

  @Test func `substitution happens all at once`() throws {
    let formula = try Expression(parsing: "x - y*x")
    let swapped = formula.substituting(["x": "y", "y": "x"])
    #expect(swapped.description == "y - x*y")
    let nested = formula.substituting(["x": try Expression(parsing: "x + 1")])
    #expect(nested.description == "x + 1 - y*(x + 1)")
  }

  @Test func `malformed nodes are refused`() {
    let x = Expression.Node(symbol: "x")
    #expect(Expression(validating: []) == nil)
    #expect(Expression(validating: [x, x]) == nil)
    #expect(Expression(validating: [x, Expression.Node(.add)]) == nil)
    #expect(Expression(validating: [x, Expression.Node(.sin)]) == Expression(.sin, "x"))
  }

  @Test func `equality goes by bits`() {
    #expect(Expression(.nan) == Expression(.nan))
    #expect(Expression(0.0) != Expression(-0.0))
    #expect(Expression("x") != Expression("y"))
  }

  @Test func `literals and functions build formulas`() throws {
    let x: Expression = "x"
    let built = sin(.pi * x) * exp(-2 * x) + pow(x, 2) / 3
    #expect(built == (try Expression(parsing: "sin(pi*x)*exp(-2*x) + x^2/3")))
  }

  @Test func `formulas a hundred thousand deep are safe`() throws {
    var nodes = [Expression.Node(symbol: "x")]
    for _ in 0..<100_000 { nodes.append(Expression.Node(.tanh)) }
    let formula = Expression(postfix: nodes)
    #expect(formula.evaluate(["x": 0]) == 0)
    #expect(formula.depth == 100_001)
    #expect(formula.symbols == ["x"])
  }
}
