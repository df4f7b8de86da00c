import Symbolic
import Tensors
import Testing

@Suite("Simplifier")
struct SimplifierTests {
  @Test(arguments: [
    ("sin(x*pi)*exp(-t*pi^2*alpha)", "sin(pi*x)*exp(-alpha*pi^2*t)"),
    ("x*1 + 0", "x"), ("0.5*x + x/2 - x*t^0", "0"), ("x*x*x*x", "x^4"),
    ("a*b + a*c", "a*(b + c)"), ("x*y + x*z + w", "x*(y + z) + w"),
    ("-sin(c*t - x)", "sin(x - c*t)"), ("exp(x)*exp(y)", "exp(x + y)"),
    ("sin(x)/cos(x)", "tan(x)"), ("1 - cos(x)^2", "sin(x)^2"),
    ("sin(x)^2 + cos(x)^2", "1"), ("cosh(x)^2 - sinh(x)^2", "1"),
    ("(x^2 - 1)/(x - 1)", "x + 1"), ("x^2 + 2*x + 1", "(x + 1)^2"),
    ("a^x*a^y", "a^(x + y)"), ("sqrt(x)*x", "x^1.5"), ("sin(x + pi)", "-sin(x)"),
    ("log(exp(x))", "x"), ("exp(log(x))", "x"), ("sqrt(x^2)", "abs(x)"),
    ("cos(-x)", "cos(x)"), ("--x", "x"), ("x - x", "0"), ("x/x", "1"),
    ("2*x*3", "6*x"), ("2*x*0.25*y", "x*y/2"), ("u_t - alpha*u_xx", "u_t - alpha*u_xx"),
    ("(x - u*t)/sqrt(1 - u^2/c^2)", "(x - t*u)/sqrt(1 - u^2/c^2)"),
    ("1/2*m*(v^2 + u^2 + w^2)", "m*(u^2 + v^2 + w^2)/2"),
    ("(h/(2*pi))*w/(exp((h/(2*pi))*w/(k*T)) - 1)", "h*w/(2*pi*(exp(h*w/(2*pi*k*T)) - 1))"),
    ("1/(gamma - 1)*p*V", "p*V/(gamma - 1)"),
    ("-m*q^4/(2*(4*pi*e0)^2*(h/(2*pi))^2)*(1/n^2)", "-m*q^4/(8*e0^2*h^2*n^2)"),
    ("2*sin(x)*cos(x)", "sin(2*x)"), ("1 - 2*sin(x)^2", "cos(2*x)"),
    ("cos(x)*cos(y) - sin(x)*sin(y)", "cos(x + y)"), ("sin(x)*sin(y)", "sin(x)*sin(y)"),
    ("3.7*x*2.1", "7.77*x"), ("-x - y", "-x - y"), ("c*t - x", "c*t - x"),
    ("sqrt(4)", "2"), ("sqrt(2)*x", "sqrt(2)*x"), ("2*x/3", "2*x/3"),
  ])
  func `formulas come out as a textbook has them`(text: String, expected: String) throws {
    #expect(try Expression(parsing: text).simplified().description == expected)
  }

  @Test func `all orders of writing give one form`() throws {
    let forms = ["x*t + 2*a", "2*a + t*x", "a + t*x + a", "(x + a/t)*t + a"]
    let simplified = try Set(forms.map { try Expression(parsing: $0).simplified() })
    #expect(simplified.count == 1, "\(simplified)")
  }

  @Test func `nesting deeper than any formula is left alone`() {
    let tower = (0..<5000).reduce(Expression("x")) { inner, _ in Expression(.sin, inner) }
    #expect(tower.simplified() == tower)
    #expect(!tower.isIdenticallyZero)
  }

  @Test func `sums of a thousand terms are collected`() throws {
    let sum = (1...1000).reduce(Expression.zero) { $0 + Expression(Double($1)) * "x" }
    #expect(sum.simplified().description == "500500*x")
  }

  @Test func `values stay the same and formulas never grow`() {
    var random = RandomExpressions(seed: 3)
    random.includesPi = false
    // Functions that are 0 on whole intervals break `sign(a)^2 = 1`, which holds almost everywhere.
    random.operators.removeAll {
      [
        .greater, .cond, .logicalOr, .logicalAnd, .mod, .relu, .step, .floor, .ceil, .round,
        .lgamma,
      ].contains($0)
    }
    var compared = 0
    for index in 0..<6000 {
      if index == 4000 {
        random.includesPi = true
        random.operators = [
          .add, .subtract, .multiply, .square, .sin, .cos, .exp, .tanh, .atan, .abs, .erf,
        ]
      }
      let formula = random.expression(size: 1 + random.stream.below(20))
      let simplified = formula.simplified()
      #expect(simplified.complexity <= formula.complexity, "\(formula) → \(simplified)")
      for positive in [true, false] {
        let point = random.point(positive: positive)
        compared += expectSameValue(formula, simplified, at: point) ? 1 : 0
      }
    }
    // Most random points lie inside the domain of most formulas.
    #expect(compared > 5000)
  }

  @Test func `expanding keeps values`() {
    var random = RandomExpressions(seed: 8)
    random.operators = [.add, .subtract, .multiply, .square, .cube, .divide, .sin, .cos, .exp]
    var compared = 0
    for _ in 0..<1000 {
      let formula = random.expression(size: 1 + random.stream.below(15))
      let point = random.point(positive: true)
      compared += expectSameValue(formula, formula.expanded(), at: point) ? 1 : 0
    }
    #expect(compared > 700)
  }

  @Test func `simplifying twice changes nothing more`() {
    var random = RandomExpressions(seed: 21)
    for _ in 0..<500 {
      let once = random.expression(size: 1 + random.stream.below(15)).simplified()
      #expect(once.simplified().complexity <= once.complexity)
    }
  }

  /// Compares two formulas where the first is finite and well conditioned; returns whether it was.
  private func expectSameValue(
    _ formula: Expression, _ other: Expression, at point: [Symbol: Double]
  ) -> Bool {
    let expected = formula.evaluate(point)
    guard expected.isFinite, expected.magnitude < 1e8 else { return false }
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
}
