import Symbolic
import Tensors
import Testing

@Suite("Proofs of zero")
struct ProofTests {
  @Test(arguments: [
    // Heat: separated mode, fundamental solution, step response.
    ("sin(pi*x)*exp(-alpha*pi^2*t)", "u_t - alpha*u_xx"),
    ("sin(pi*x)*exp(-0.01*pi^2*t)", "u_t - 0.01*u_xx"),
    ("exp(-x^2/(4*D*t))/sqrt(4*pi*D*t)", "u_t - D*u_xx"),
    ("erf(x/(2*sqrt(D*t)))", "u_t - D*u_xx"),
    // Burgers: travelling shock, and a periodic Cole-Hopf solution.
    ("(1 - tanh((x - t/2)/(4*nu)))/2", "u_t + u*u_x - nu*u_xx"),
    ("2*nu*sin(x)*exp(-nu*t)/(2 + cos(x)*exp(-nu*t))", "u_t + u*u_x - nu*u_xx"),
    // Helmholtz, Laplace, wave.
    ("sin(a*pi*x)*sin(b*pi*y)", "u_xx + u_yy + (a^2 + b^2)*pi^2*u"),
    ("x^2 - y^2 + exp(x)*sin(y)", "u_xx + u_yy"), ("log(x^2 + y^2)", "u_xx + u_yy"),
    ("cos(x - c*t) + sin(x + c*t)", "u_tt - c^2*u_xx"),
    // Solitons: Korteweg-de Vries, φ⁴, sine-Gordon; Fisher's front.
    ("c/2*sech(sqrt(c)/2*(x - c*t))^2", "u_t + 6*u*u_x + u_xxx"),
    ("tanh((x - v*t)/sqrt(2*(1 - v^2)))", "u_tt - u_xx - u + u^3"),
    ("4*atan(exp((x - v*t)/sqrt(1 - v^2)))", "u_tt - u_xx + sin(u)"),
    ("1/(1 + exp((x - 5*t/sqrt(6))/sqrt(6)))^2", "u_t - u_xx - u*(1 - u)"),
  ])
  func `exact solutions solve their equations`(solution: String, equation: String) throws {
    let residual = try substitute(solution, into: equation)
    #expect(residual.isIdenticallyZero)
    // The proof must depend on the solution: a wrong one is not proved.
    let wrong = try substitute("(\(solution))*(1 + x*t*y/7)", into: equation)
    #expect(!wrong.isIdenticallyZero)
  }

  @Test func `Kovasznay flow solves the Navier-Stokes equations`() throws {
    let lambda = "(R/2 - sqrt(R^2/4 + 4*pi^2))"
    let fields: [Symbol: Expression] = [
      "u": try Expression(parsing: "1 - exp(\(lambda)*x)*cos(2*pi*y)"),
      "v": try Expression(parsing: "\(lambda)/(2*pi)*exp(\(lambda)*x)*sin(2*pi*y)"),
      "p": try Expression(parsing: "(1 - exp(2*\(lambda)*x))/2"),
    ]
    for equation in [
      "u_x + v_y", "u*u_x + v*u_y + p_x - (u_xx + u_yy)/R",
      "u*v_x + v*v_y + p_y - (v_xx + v_yy)/R",
    ] {
      #expect(try substitute(fields, into: equation).isIdenticallyZero, "\(equation)")
    }
  }

  @Test(arguments: [
    "sin(x)^2 + cos(x)^2 - 1", "tan(x) - sin(x)/cos(x)", "sin(2*x) - 2*sin(x)*cos(x)",
    "cosh(x)^2 - sinh(x)^2 - 1", "1 - tanh(x)^2 - sech(x)^2",
    "cos(x + y) - cos(x)*cos(y) + sin(x)*sin(y)",
    "sqrt(x)*sqrt(x) - x", "sqrt(x^2) - abs(x)", "exp(log(x)) - x", "log(exp(x)) - x",
    "(x + 1)^2 - x^2 - 2*x - 1", "1/(x - 1) - 1/(x + 1) - 2/(x^2 - 1)", "abs(x)*sign(x) - x",
    "max(x, y) + min(x, y) - x - y", "tanh(log(p/q)) - (p^2 - q^2)/(p^2 + q^2)",
    "0.1 + 0.2 - 0.3", "sin(asin(x)) - x", "cos(asin(x)) - sqrt(1 - x^2)",
    "sin(pi/3) - sqrt(3)/2", "cos(pi/4) - 1/sqrt(2)", "x^y*x^z - x^(y + z)",
    "2^x*2^y - 2^(x + y)", "sqrt(8) - 2*sqrt(2)", "log(4) - 2*log(2)",
    "acos(x) + asin(x) - pi/2", "sqrt(x^2 + 2*x + 1) - abs(x + 1)", "cbrt(x)^3 - x",
  ])
  func `identities are proved`(text: String) throws {
    #expect(try Expression(parsing: text).isIdenticallyZero)
  }

  @Test(arguments: [
    "sin(x) - x", "sqrt(x^2) - x", "sqrt(x*y) - sqrt(x) + y", "x - 1e-9", "log(x*y) - log(x)",
    "0.09869604401089357 - 0.01*pi^2", "x/y - y/x", "exp(x) - exp(-x)", "abs(x) - x",
    "1/0 - 1/0", "0/0",
  ])
  func `what is not zero is not proved`(text: String) throws {
    #expect(try !Expression(parsing: text).isIdenticallyZero)
  }

  @Test func `no random formula that has a value other than zero is proved to be zero`() {
    var random = RandomExpressions(seed: 13)
    random.includesPi = false
    for _ in 0..<3000 {
      let formula = random.expression(size: 1 + random.stream.below(14))
      guard formula.isIdenticallyZero else { continue }
      for _ in 0..<8 {
        let value = formula.evaluate(random.point(positive: true))
        // Zero up to cancellation of terms of ordinary size.
        #expect(value.magnitude < 1e-6 || !value.isFinite, "\(formula)")
      }
    }
  }

  @Test func `random formulas are proved equal to rewritten ones`() {
    var random = RandomExpressions(seed: 17)
    random.operators = [.add, .subtract, .multiply, .square, .sin, .cos, .exp, .tanh]
    var proved = 0
    for _ in 0..<300 {
      let formula = random.expression(size: 1 + random.stream.below(10))
      proved += formula.isProvablyEqual(to: formula.expanded()) ? 1 : 0
    }
    // Not all: numbers of many digits are inexact on purpose.
    #expect(proved > 270)
  }

  private func substitute(_ solution: String, into equation: String) throws -> Expression {
    try substitute(["u": try Expression(parsing: solution)], into: equation)
  }

  private func substitute(
    _ fields: [Symbol: Expression], into equation: String
  ) throws -> Expression {
    let equation = try Expression(parsing: equation)
    var replacements: [Symbol: Expression] = [:]
    for symbol in equation.symbols {
      let parts = symbol.name.split(separator: "_")
      guard let field = fields[Symbol(String(parts[0]))] else { continue }
      let variables = parts.count > 1 ? parts[1].map { Symbol(String($0)) } : []
      replacements[symbol] = variables.reduce(field) { $0.derivative(withRespectTo: $1) }
    }
    return equation.substituting(replacements)
  }
}
