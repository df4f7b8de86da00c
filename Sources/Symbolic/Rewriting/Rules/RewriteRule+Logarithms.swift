extension RewriteRule {
  /// Logarithms; sums of them and logarithms of products are laws of the graph.
  static let logarithms: [Line] = [
    ("log(exp(a))", "a", []),
    ("exp(log(a))", "a", []),
    ("exp(b*log(a))", "a^b", []),
    ("log(a^b)", "b*log(a)", ["a"]),
    ("log(cosh(a) + sinh(a))", "a", []),
  ]
}
