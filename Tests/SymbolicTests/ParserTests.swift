import Symbolic
import Tensors
import Testing

@Suite("Parser")
struct ParserTests {
  let x: Expression = "x"
  let y: Expression = "y"
  let z: Expression = "z"

  @Test func `operators bind as in mathematics`() throws {
    #expect(try Expression(parsing: "x + y*z") == x + y * z)
    #expect(try Expression(parsing: "x*y + z") == x * y + z)
    #expect(try Expression(parsing: "x - y - z") == (x - y) - z)
    #expect(try Expression(parsing: "x/y/z") == (x / y) / z)
    #expect(try Expression(parsing: "x/y*z") == (x / y) * z)
    #expect(try Expression(parsing: "x^y^z") == pow(x, pow(y, z)))
    #expect(try Expression(parsing: "x**y**z") == pow(x, pow(y, z)))
    #expect(try Expression(parsing: "(x + y)*z") == (x + y) * z)
  }

  @Test func `a leading minus is looser than a power and tighter than a sum`() throws {
    #expect(try Expression(parsing: "-x^2") == -Expression(.square, x))
    #expect(try Expression(parsing: "-x*y") == -(x * y))
    #expect(try Expression(parsing: "-x + y") == -x + y)
    #expect(try Expression(parsing: "x*-y*z") == (x * -y) * z)
    #expect(try Expression(parsing: "x^-y*z") == pow(x, -y) * z)
    #expect(try Expression(parsing: "x^-y^z") == pow(x, -pow(y, z)))
    #expect(try Expression(parsing: "--x") == -(-x))
    #expect(try Expression(parsing: "x - -y") == x - -y)
    #expect(try Expression(parsing: "+x") == x)
  }

  @Test func `a minus before a number belongs to the number unless a power follows`() throws {
    #expect(try Expression(parsing: "-2") == Expression(-2))
    #expect(try Expression(parsing: "-2*x") == Expression(-2) * x)
    #expect(try Expression(parsing: "-2^2").evaluate() == -4)
    #expect(try Expression(parsing: "x - 2") == x - 2)
  }

  @Test func `small powers and reciprocals have operators of their own`() throws {
    #expect(try Expression(parsing: "x^2") == Expression(.square, x))
    #expect(try Expression(parsing: "x^3") == Expression(.cube, x))
    #expect(try Expression(parsing: "1/x") == Expression(.reciprocal, x))
    #expect(try Expression(parsing: "e^x") == exp(x))
    #expect(try Expression(parsing: "pow(x, 2)") == Expression(.power, x, 2))
  }

  @Test(arguments: [
    ("1e-3", 0.001), (".5", 0.5), ("2.", 2), ("1E+2", 100), ("1.5e2", 150), ("0.1", 0.1),
  ])
  func `numbers are read as Double reads them`(text: String, value: Double) throws {
    #expect(try Expression(parsing: text).constantValue == value)
  }

  @Test func `functions answer to all of their names`() throws {
    #expect(try Expression(parsing: "ln(x)") == log(x))
    #expect(try Expression(parsing: "arcsin(x)") == Expression(.asin, x))
    #expect(try Expression(parsing: "Abs(x)") == abs(x))
    #expect(try Expression(parsing: "max(x, y)") == Expression(.max, x, y))
    #expect(try Expression(parsing: "sech(x)") == Expression(.reciprocal, Expression(.cosh, x)))
    #expect(try Expression(parsing: "log10(x)").evaluate(["x": 1000]).isNearly(3))
  }

  @Test func `names are letters, digits and underscores`() throws {
    let formula = try Expression(parsing: "u_xx + _a1*pi")
    #expect(formula.symbols.map(\.name) == ["_a1", "u_xx"])
  }

  @Test(arguments: [
    ("", 1, "found no formula, expected one such as 'sin(pi*x)'"),
    ("2x", 2, "found 'x', expected an operator such as '*'"),
    ("(a", 1, "'(' is never closed, add ')'"),
    ("sin(a", 4, "'(' is never closed, add ')'"),
    ("a)", 2, "')' closes nothing, remove it or add '('"),
    ("a + )", 5, "')' closes nothing, remove it or add '('"),
    ("a +", 4, "found the end, expected a number, a name or '('"),
    ("a,b", 2, "found ',', expected an operator or the end"),
    ("a * / b", 5, "found '/', expected a number, a name or '('"),
    ("1.2.3", 1, "'1.2.3' is not a number, expected one such as 2, 0.5 or 1e-3"),
    ("1e999", 1, "'1e999' is not a number, expected one such as 2, 0.5 or 1e-3"),
    ("layer2.neuron5", 7, "found '.', which no formula contains"),
    ("x = 1", 3, "found '=', which no formula contains"),
    ("sin x", 1, "'sin' is a function, write 'sin(...)'"),
    ("sine(x)", 1, "unknown function 'sine', did you mean 'sin'?"),
    (
      "wxyz(x)", 1,
      "unknown function 'wxyz', expected one such as sin, exp or sqrt; write * to multiply"
    ),
    ("x + sin()", 5, "'sin' takes 1 argument, found 0"),
    ("max(x)", 1, "'max' takes 2 arguments, found 1"),
    ("exp(x, y)", 1, "'exp' takes 1 argument, found 2"),
  ])
  func `errors say where and what`(text: String, column: Int, sentence: String) throws {
    let error = try #require(throws: ParseError.self) { try Expression(parsing: text) }
    #expect(error.column == column)
    #expect(error.description == "column \(column): \(sentence)")
  }

  @Test func `the caret stands below the error`() throws {
    let error = try #require(throws: ParseError.self) { try Expression(parsing: "1 + sine(x)") }
    #expect(error.excerpt == "1 + sine(x)\n    ^")
  }

  @Test func `undefined names are rejected with a suggestion`() throws {
    let names = ["x", "t", "u", "u_xx", "alpha"]
    _ = try Expression(parsing: "u - alpha*u_xx + pi*t", allowing: names)
    let near = try #require(throws: ParseError.self) {
      try Expression(parsing: "u - alhpa*x", allowing: names)
    }
    #expect(near.description == "column 5: unknown name 'alhpa', did you mean 'alpha'?")
    let far = try #require(throws: ParseError.self) {
      try Expression(parsing: "x + velocity", allowing: names)
    }
    #expect(
      far.description
        == "column 5: unknown name 'velocity', expected one of: alpha, t, u, u_xx, x")
  }

  @Test func `e is a number unless it is a name`() throws {
    #expect(try Expression(parsing: "e").symbols.isEmpty)
    #expect(try Expression(parsing: "e", allowing: ["e"]).symbols == ["e"])
  }

  @Test(arguments: ["(", "-", "2^", "sin(", "max(1,"])
  func `hostile nesting is an error and not a crash`(piece: String) throws {
    let text = String(repeating: piece, count: 100_000) + "1"
    let error = try #require(throws: ParseError.self) { try Expression(parsing: text) }
    #expect(error.reason == .tooDeep(limit: 256))
  }

  @Test func `no text crashes the parser, and what it reads it can print`() throws {
    let pieces = [
      "x", "y_1", "2", ".5", "1e-3", "e", "pi", "+", "-", "*", "/", "^", "**", "(", ")", ",",
      "sin(",
      "max(", "sech(", " ", "²", "\u{0}", "é", "1e", "_",
    ]
    var stream = RandomStream(seed: 31)
    var readable = 0
    for _ in 0..<20_000 {
      let count = 1 + stream.below(9)
      let text = (0..<count).map { _ in pieces[stream.below(pieces.count)] }.joined()
      do {
        let formula = try Expression(parsing: text)
        readable += 1
        // Merged signs read back as another tree, but print alike.
        let copy = try Expression(parsing: formula.description)
        #expect(copy.description == formula.description, "\(text)")
      } catch {
        #expect(error.column >= 1 && error.column <= text.count + 1, "\(text)")
        #expect(!error.description.isEmpty && !error.excerpt.isEmpty)
      }
    }
    #expect(readable > 1000)
  }

  @Test func `long texts are refused before they are read`() throws {
    let text = String(repeating: "1+", count: 600_000) + "1"
    let error = try #require(throws: ParseError.self) { try Expression(parsing: text) }
    #expect(error.reason == .tooLong(limit: 1_000_000))
  }

  @Test func `long flat sums are no nesting`() throws {
    let text = String(repeating: "x+", count: 50_000) + "x"
    let sum = try Expression(parsing: text)
    #expect(sum.evaluate(["x": 1]) == 50_001)
    #expect(sum.depth == 50_001)
    #expect(try Expression(parsing: sum.description) == sum)
  }
}

extension Double {
  /// Equal up to a few roundings.
  func isNearly(_ other: Double, relativeTolerance: Double = 1e-14) -> Bool {
    (self - other).magnitude <= relativeTolerance * Swift.max(magnitude, other.magnitude)
  }
}
