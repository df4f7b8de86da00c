import Symbolic
import Tensors
import Testing

@Suite("Readable forms")
struct ReadableTests {
  @Test(
    "odd dress comes off",
    arguments: [
      ("tanh(log(p/q))", "(p^2 - q^2)/(p^2 + q^2)"),
      ("exp(0.5*log(x))", "sqrt(x)"), ("sqrt(k*m)/k", "sqrt(m/k)"),
      ("x1/exp(x0)*(2*pi)", "2*pi*x1*exp(-x0)"), ("-0.5*pi", "-pi/2"),
      ("1/(1/a + 1/b)", "a*b/(a + b)"), ("1/(1/d1 + n/d2)", "d1*d2/(d1*n + d2)"),
      ("sqrt(x^2)*y", "x*y"), ("exp(log(a) + 2*log(b) - 0.5*log(c))", "a*b^2/sqrt(c)"),
      ("(exp(a) - 1)/(exp(a) + 1)", "tanh(a/2)"),
      ("(exp(a) - exp(-a))/(exp(a) + exp(-a))", "tanh(a)"),
      ("0.0028*x1^0.5*abs(x2)^(-1)*exp(0.25*log(x3))", "0.0028*x3^0.25*sqrt(x1)/x2"),
      ("R*(1/n1^2 - 1/n2^2)", "R*(1/n1^2 - 1/n2^2)"),
      ("a*exp(-b*x)/(1 + exp(-b*x))", "a/(exp(b*x) + 1)"),
      ("log(x) - log(y) + 2*log(z)", "log(x*z^2/y)"), ("2*sin(x/2)^2*k", "k*(1 - cos(x))"),
      ("sqrt(a)*sqrt(b)/sqrt(c + d)", "sqrt(a*b/(c + d))"),
      ("1/(exp(x) - 1)*exp(x)", "1/(1 - exp(-x))"), ("sqrt(1 - cos(x)^2)", "abs(sin(x))"),
      ("(0.33*a + 0.66*b)/(0.99*c)", "(a + 2*b)/(3*c)"),
      ("exp(-theta^2/2)*(2*pi)^(-0.5)", "exp(-theta^2/2)/sqrt(2*pi)"),
      ("(a + b)^2 - 2*a*b", "a^2 + b^2"), ("a^b*exp(-b*log(c))", "(a/c)^b"),
      ("sin(x + pi/2)*r", "r*cos(x)"), ("cosh(x)^2 - sinh(x)^2 + y", "y + 1"),
      ("x*abs(y)/sqrt(y)", "x*sqrt(y)"), ("(x^3)^(1/3)*2", "2*x"),
      ("exp(a)^2*exp(-b)", "exp(2*a - b)"), ("1 - tanh(x)^2", "1/cosh(x)^2"),
      ("2/sqrt(2)*x", "sqrt(2)*x"),
      ("asin(x) - pi/2", "-acos(x)"), ("a/(b*c^(-2)*d^3)", "a*c^2/(b*d^3)"),
    ])
  func undresses(text: String, expected: String) throws {
    let formula = try Expression(parsing: text)
    #expect(formula.readable(assumingPositive: Set(formula.symbols)).description == expected)
  }

  @Test func `measured constants are merged`() throws {
    let formula = try Expression(parsing: "0.0028*exp(1.3 - 0.22*a*b)^4.49")
    let readable = formula.readable()
    #expect(readable.complexity == 8 && readable.constants.count == 2, "\(readable)")
    let root = try Expression(
      parsing: "1.4446164215224204*sqrt(0.4819227140620163*x^2 + 0.4765361553382456*y^2)")
    #expect(root.readable().constants.count == 2, "\(root.readable())")
  }

  @Test func `signs that ranges tell are used`() throws {
    let formula = try Expression(parsing: "m*v*abs(v^2/c^2 - 1)^(-0.5)")
    let readable = formula.readable(in: ["c": 3...10, "v": 1...2, "m": 1...5])
    #expect(readable.description == "m*v/sqrt(1 - v^2/c^2)")
    // Nothing is known of v beside c here.
    #expect(formula.readable(assumingPositive: ["c", "v"]).description.contains("abs"))
  }

  @Test func `roots of squares are absolute values unless the sign is known`() throws {
    let formula = try Expression(parsing: "sqrt(x^2)")
    #expect(formula.readable().description == "abs(x)")
    #expect(formula.readable(in: ["x": -3 ... -1]).description == "-x")
    #expect(try Expression(parsing: "log(x^2)").readable().evaluate(["x": -2]).isFinite)
  }

  @Test func `the same formula always reads the same`() throws {
    let text = "exp(1.25*log(a) - b)*abs(c)^0.5/(1/a + 1/c)"
    let formula = try Expression(parsing: text)
    let first = formula.readable(assumingPositive: ["a", "c"])
    for _ in 0..<5 { #expect(formula.readable(assumingPositive: ["a", "c"]) == first) }
  }

  @Test func `values stay the same where names are positive`() {
    var random = RandomExpressions(seed: 17)
    random.includesPi = false
    var compared = 0
    for _ in 0..<4000 {
      let formula = random.expression(size: 1 + random.stream.below(16))
      let readable = formula.readable(assumingPositive: ["x", "y", "alpha"])
      compared += expectSameValue(formula, readable, at: random.point(positive: true)) ? 1 : 0
    }
    #expect(compared > 1500)
  }

  @Test func `values stay the same where nothing is known of signs`() {
    var random = RandomExpressions(seed: 18)
    random.includesPi = false
    random.operators = [
      .add, .subtract, .multiply, .divide, .square, .sqrt, .exp, .log, .abs, .sin, .cos, .tanh,
      .power, .cube, .reciprocal, .sinh, .cosh, .negate,
    ]
    var compared = 0
    for _ in 0..<4000 {
      let formula = random.expression(size: 1 + random.stream.below(16))
      let readable = formula.readable()
      compared += expectSameValue(formula, readable, at: random.point(positive: false)) ? 1 : 0
    }
    #expect(compared > 1500)
  }

  /// Compares two formulas where the first is finite and well conditioned; returns whether it was.
  private func expectSameValue(
    _ formula: Expression, _ other: Expression, at point: [Symbol: Double]
  ) -> Bool {
    let expected = formula.evaluate(point)
    // Nothing on the way may overflow or divide by zero: IEEE arithmetic goes on, identities do not.
    let isDefined = formula.nodes.indices.allSatisfy {
      formula.subtree(endingAt: $0).evaluate(point).isFinite
    }
    guard isDefined, expected.magnitude < 1e8 else { return false }
    // Cancellation makes some formulas meaningless in Double: skip where neighbours, a few ulps
    // away, differ by more than the tolerance, as at jumps of sign and poles of tan.
    let nearby = [1 + 1e-13, 1 - 1e-13].map { factor in
      formula.evaluate(point.mapValues { $0 * factor })
    }
    let spread = nearby.map { ($0 - expected).magnitude }.max() ?? .infinity
    guard spread < 1e-9 * Swift.max(1, expected.magnitude) else { return false }
    let value = other.evaluate(point)
    // The spread of 1e-13 steps, a thousand times over, for the roundings of a reordered formula.
    let tolerance = 1e-8 * Swift.max(1, expected.magnitude) + 1000 * spread
    #expect((value - expected).magnitude <= tolerance, "\(formula) → \(other) at \(point)")
    return true
  }

  @Test(
    "no number overflows on the way",
    arguments: [
      "1/(2.2339e-5*(y*log(x) - 218.4966)^2 + 1)^219.252",
      "3.1e-4*(48071.232*x^2 + 7311.5)^211.577", "(1e-3*x)^150.5*y",
    ])
  func overflow(text: String) throws {
    let formula = try Expression(parsing: text)
    let readable = formula.readable(assumingPositive: ["x", "y"])
    #expect(readable.constants.allSatisfy { $0.isFinite }, "\(readable)")
    #expect(Set(readable.symbols) == Set(formula.symbols), "\(readable)")
  }
}
