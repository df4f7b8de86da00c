extension RewriteRule {
  /// Exponentials that make up other functions.
  static let exponentials: [Line] = [
    ("(exp(a) - 1)/(exp(a) + 1)", "tanh(a/2)", []),
    ("(1 - exp(a))/(exp(a) + 1)", "-tanh(a/2)", []),
    ("1 - 2/(exp(a) + 1)", "tanh(a/2)", []),
    ("(exp(a) - exp(-a))/(exp(a) + exp(-a))", "tanh(a)", []),
    ("exp(a) - exp(-a)", "2*sinh(a)", []),
    ("exp(a) + exp(-a)", "2*cosh(a)", []),
    // Planck's and Bose's denominator, whichever way round it was found.
    ("exp(a)/(exp(a) - 1)", "1/(1 - exp(-a))", []),
    ("exp(a)/(1 - exp(a))", "1/(exp(-a) - 1)", []),
    ("exp(a)/(exp(a) + 1)", "1/(1 + exp(-a))", []),
    ("1 + 1/(exp(a) - 1)", "1/(1 - exp(-a))", []),
    ("1/tanh(a) - 1", "2/(exp(2*a) - 1)", []),
    ("1/tanh(a) + 1", "2/(1 - exp(-2*a))", []),
    ("1 - tanh(a)", "2/(exp(2*a) + 1)", []),
    ("1 + tanh(a)", "2/(1 + exp(-2*a))", []),
    ("sinh(a)*exp(-a)", "(1 - exp(-2*a))/2", []),
    ("exp(a)/sinh(a)", "2/(1 - exp(-2*a))", []),
    ("1/(exp(a)*sinh(a))", "2/(exp(2*a) - 1)", []),
    ("1/(exp(a)*cosh(a))", "2/(exp(2*a) + 1)", []),
  ]
}
