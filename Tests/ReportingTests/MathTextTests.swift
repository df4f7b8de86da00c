import Testing

import Reporting

@Suite("Mathematics in figures")
struct MathTextTests {
  @Test(arguments: [
    ("sin(pi*x)*exp(-alpha*pi^2*t)", "sin(π x) exp(−α π^2 t)"),
    ("(1 - 0.09510230733274332*t)*sin(pi*x)", "(1 − 0.0951 t) sin(π x)"),
    ("x^(a + 1)/2", "x^a + 1/2"), ("2^-n", "2^−n"), ("u_xx", "u_xx"), ("x10", "x_10"),
    ("log10(x)", "log10(x)"), ("1.5e-07*x", "1.5×10^−7 x"), ("0.000000123456", "1.23×10^−7"),
    ("2^exp(x)", "2^exp(x)"), ("-x - -y", "−x − −y"), ("<b>", "<b>"), ("x^", "x"), ("", ""),
    ("2e", "2e"), ("x_", "x"),
  ])
  func `formulas read as they are printed`(formula: String, expected: String) {
    #expect(shown(MathText(formula: formula)) == expected)
  }

  @Test func `names are slanted and numbers and functions upright`() {
    let runs = MathText(formula: "sin(2*x)").runs
    #expect(runs.filter(\.isSlanted).map(\.text) == ["x"])
    #expect(MathText(formula: "speed").runs.map(\.isSlanted) == [false])
    #expect(MathText(formula: "alpha").runs.map(\.isSlanted) == [true])
  }

  @Test(arguments: [
    (3.61e-6, "3.61×10^−6"), (0.0, "0"), (-0.0, "0"), (-2.5, "−2.5"), (1e20, "1×10^20"),
    (.nan, "nan"), (-.infinity, "−inf"),
  ])
  func `numbers have three digits and a raised exponent`(value: Double, expected: String) {
    #expect(shown(MathText(short: value)) == expected)
  }

  /// The text with `^` and `_` before raised and lowered parts, thin spaces as spaces.
  private func shown(_ text: MathText) -> String {
    var result = ""
    var script = MathText.Script.line
    for run in text.runs {
      if run.script != script {
        result += ["^", "_", ""][run.script == .raised ? 0 : run.script == .lowered ? 1 : 2]
      }
      script = run.script
      result += run.text
    }
    return result.replacing("\u{200A}", with: " ")
  }
}
