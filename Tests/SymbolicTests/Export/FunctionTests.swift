import Symbolic
import Testing

@Suite("Formulas as definitions")
struct FunctionTests {
  @Test func `each language gets a function with what it needs`() throws {
    let formula = try Expression(parsing: "exp(-t)*sin(x) + erf(x)")
    let text = { (style: ExpressionStyle) in
      formula.function(named: "u", of: ["x", "t"], in: style)
    }
    #expect(
      text(.numpy) == """
        import numpy as np
        import scipy.special


        def u(x, t):
            return \(formula.formatted(.numpy))
        """)
    #expect(
      text(.torch) == """
        import torch


        def u(x, t):
            return \(formula.formatted(.torch))
        """)
    #expect(
      text(.jax) == """
        import jax.scipy.special
        import jax.numpy as jnp


        def u(x, t):
            return \(formula.formatted(.jax))
        """)
    #expect(
      text(.swift) == """
        import Foundation

        func u(_ x: Double, _ t: Double) -> Double {
          \(formula.formatted(.swift))
        }
        """)
    #expect(
      text(.c) == """
        #include <math.h>

        double u(double x, double t) {
          return \(formula.formatted(.c));
        }
        """)
    for style in [.text, .latex, .sympy] as [ExpressionStyle] {
      #expect(text(style) == formula.formatted(style))
    }
  }

  @Test func `names that a language has taken are changed everywhere`() throws {
    let formula = try Expression(parsing: "2*lambda")
    #expect(
      formula.function(named: "def", of: ["lambda"], in: .numpy)
        .hasSuffix("def def_(lambda_):\n    return \(formula.formatted(.numpy))"))
  }

  @Test func `what a library lacks is named`() throws {
    let formula = try Expression(parsing: "digamma(x)")
    #expect(
      formula.function(named: "f", of: ["x"], in: .c)
        .contains("\n// digamma has to be supplied: the library lacks it.\n"))
  }
}
