/// A language in which formulas are printed.
public enum ExpressionStyle: Hashable, Sendable, CaseIterable {
  /// Plain text that parses back: `sin(pi*x)^2/3`.
  case text
  /// LaTeX for mathematics mode: `\frac{\sin\left(\pi x\right)^{2}}{3}`.
  case latex
  /// Python that `sympy.sympify` accepts: `sin(pi*x)**2/3`.
  case sympy
}
