extension RewriteRule {
  /// Hyperbolic functions.
  static let hyperbolic: [Line] = [
    ("tanh(log(a))", "(a^2 - 1)/(a^2 + 1)", ["a"]),
    ("sinh(log(a))", "(a - 1/a)/2", ["a"]),
    ("cosh(log(a))", "(a + 1/a)/2", ["a"]),
    ("tanh(b*log(a))", "(a^(2*b) - 1)/(a^(2*b) + 1)", ["a"]),
    ("sinh(a)/cosh(a)", "tanh(a)", []),
    ("tanh(a)*cosh(a)", "sinh(a)", []),
    ("sinh(a)/tanh(a)", "cosh(a)", []),
    ("cosh(a)^2 - sinh(a)^2", "1", []),
    ("cosh(a)^2 - 1", "sinh(a)^2", []),
    ("sinh(a)^2 + 1", "cosh(a)^2", []),
    ("1 - tanh(a)^2", "1/cosh(a)^2", []),
    ("sinh(a)*cosh(a)", "sinh(2*a)/2", []),
    ("cosh(a)^2 + sinh(a)^2", "cosh(2*a)", []),
    ("cosh(a) + sinh(a)", "exp(a)", []),
    ("cosh(a) - sinh(a)", "exp(-a)", []),
    ("tanh(-a)", "-tanh(a)", []),
    ("sinh(-a)", "-sinh(a)", []),
    ("cosh(-a)", "cosh(a)", []),
    ("cosh(abs(a))", "cosh(a)", []),
  ]
}
