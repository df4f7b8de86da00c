import Symbolic
import Tensors
import Testing

@Suite("Printer")
struct PrinterTests {
  @Test(arguments: [
    "sin(pi*x)*exp(-alpha*pi^2*t)", "x - (y - z)", "x - y - z", "x/(y*z)", "x/y*z", "(x + y)*z",
    "-x^2", "(-x)^2", "-2*x", "x*(-2)", "x^(-2)", "x^y^z", "(x^y)^z", "1/(2*x)", "1/x^2",
    "max(x, y) + min(x, 2)", "-(x + y)", "x^(y + 1)", "abs(x)^3", "x + (y + z)", "x*(y*z)",
    "1e-9*x", "1e+20", "0.1", "123456789", "2*pi*x",
  ])
  func `canonical text reads back and prints the same`(text: String) throws {
    let formula = try Expression(parsing: text)
    #expect(formula.description == text.replacing("1e+20", with: "1e20"))
    #expect(try Expression(parsing: formula.description) == formula)
  }

  @Test func `random formulas read back with the same value`() throws {
    var random = RandomExpressions(seed: 11)
    for _ in 0..<4000 {
      let formula = random.expression(size: 1 + random.stream.below(25))
      let text = formula.description
      let copy = try Expression(parsing: text)
      let point = random.point(positive: false)
      let (value, expected) = (copy.evaluate(point), formula.evaluate(point))
      // Bit for bit: reading back may only change how a sign or a reciprocal is stored.
      #expect(value == expected || value.isNaN && expected.isNaN, "\(text)")
      #expect(copy.description == text)
      #expect(try Expression(parsing: copy.description) == copy)
    }
  }

  @Test func `signs are merged`() {
    let x: Expression = "x"
    let y: Expression = "y"
    #expect((x + -y).description == "x - y")
    #expect((x - -y).description == "x + y")
    #expect((x + -2).description == "x - 2")
    #expect((x - Expression(-2) * y).description == "x + 2*y")
    #expect((-(-x)).description == "x")
    #expect((x + -(y + 1)).description == "x - (y + 1)")
  }

  @Test func `numbers have the fewest digits that read back`() {
    #expect(Expression(0.1).description == "0.1")
    #expect(Expression(1.0 / 3).description == "0.3333333333333333")
    #expect(Expression(-5).description == "-5")
    #expect(Expression(1e-9).description == "1e-9")
    #expect(Expression(2.5e300).description == "2.5e300")
    #expect(Expression(.infinity).description == "inf")
  }

  @Test func `powers proper are told apart from squares`() throws {
    let power = Expression(.power, "x", 2)
    #expect(power.description == "pow(x, 2)")
    #expect(try Expression(parsing: "pow(x, 2)") == power)
    #expect(power.sympy == "x**2")
  }

  @Test(arguments: [
    ("sin(pi*x)^2/3", #"\frac{\sin\left(\pi x\right)^{2}}{3}"#),
    ("alpha*u_xx", #"\alpha u_{xx}"#),
    ("x1*epsilon_0", #"x_{1} \epsilon_{0}"#),
    ("speed*2^x", #"\mathrm{speed} \cdot 2^{x}"#),
    ("-(x + y)/2", #"-\frac{x + y}{2}"#),
    ("sqrt(x) + cbrt(y)", #"\sqrt{x} + \sqrt[3]{y}"#),
    ("1e-9*x", #"1 \cdot 10^{-9} x"#),
    ("abs(x - 1)", #"\left|x - 1\right|"#),
  ])
  func `LaTeX is laid out`(text: String, latex: String) throws {
    #expect(try Expression(parsing: text).latex == latex)
  }

  @Test(arguments: [
    ("x^2*sin(pi*x)", "x**2*sin(pi*x)"), ("1/x", "1/x"), ("abs(x)", "Abs(x)"),
    ("min(x, y)", "Min(x, y)"), ("ln(x)", "log(x)"), ("cbrt(x)", "real_root(x, 3)"),
    ("arctan(x)", "atan(x)"), ("x^-1.5", "x**(-1.5)"), ("(x + y)^3", "(x + y)**3"),
    ("inf", "oo"),
  ])
  func `SymPy's spelling`(text: String, sympy: String) throws {
    #expect(try Expression(parsing: text).sympy == sympy)
  }

  @Test(arguments: [
    (ExpressionStyle.numpy, "np.sin(np.pi*x)**2/3.0 - np.power(x, lambda_)*np.arctan2(2.0, y)"),
    (
      .torch,
      "torch.sin(torch.pi*x)**2/3.0 - torch.pow(x, lambda_)"
        + "*torch.atan2(torch.as_tensor(2.0, dtype=torch.float64), y)"
    ),
    (.jax, "jnp.sin(jnp.pi*x)**2/3.0 - jnp.power(x, lambda_)*jnp.arctan2(2.0, y)"),
    (.swift, "pow(sin(Double.pi*x), 2.0)/3.0 - pow(x, lambda)*atan2(2.0, y)"),
    (.c, "pow(sin(3.141592653589793*x), 2.0)/3.0 - pow(x, lambda)*atan2(2.0, y)"),
  ])
  func `programs spell functions, numbers and names their way`(
    style: ExpressionStyle, text: String
  ) throws {
    let formula = try Expression(parsing: "sin(pi*x)^2/3 - x^lambda*atan2(2, y)")
    #expect(formula.formatted(style) == text)
  }

  @Test func `what a language's library lacks is named`() throws {
    let formula = try Expression(parsing: "digamma(x) + besselj0(x) + sin(x)")
    #expect(formula.functionsToSupply(in: .c) == [.digamma])
    #expect(formula.functionsToSupply(in: .jax) == [.besselJ0])
    #expect(formula.functionsToSupply(in: .torch).isEmpty)
    #expect(formula.formatted(.c) == "digamma(x) + j0(x) + sin(x)")
    let order = Expression(.polygamma, 1, "x")
    #expect(order.formatted(.torch) == "torch.polygamma(1, x)")
  }

  @Test func `shared names are functions where they are called`() throws {
    let formula = try Expression(parsing: "gamma*gamma(y0) + y0(j1)")
    #expect(formula.symbols == ["gamma", "j1", "y0"])
    #expect(formula.latex == #"\gamma \Gamma\left(y_{0}\right) + Y_{0}\left(j_{1}\right)"#)
  }
}
