extension RewriteRule {
  /// Powers whose exponents are not numbers, and absolute values.
  ///
  /// Powers with numbers as exponents need no rules: see ``EGraph/product(_:times:)``.
  static let powers: [Line] = [
    ("a^b*a^c", "a^(b + c)", []),
    ("a^b/a^c", "a^(b - c)", []),
    ("a*a^b", "a^(b + 1)", ["a"]),
    ("a^b*c^b", "(a*c)^b", ["a", "c"]),
    ("a^b*c^(-b)", "(a/c)^b", ["a", "c"]),
    ("(a^b)^c", "a^(b*c)", ["a"]),
    ("abs(a)*abs(b)", "abs(a*b)", []),
    ("abs(a)/abs(b)", "abs(a/b)", []),
    ("abs(a)^2", "a^2", []),
    ("abs(abs(a))", "abs(a)", []),
    ("a*sign(a)", "abs(a)", []),
    ("abs(a)*sign(a)", "a", []),
    ("cbrt(a)^3", "a", []),
    ("cbrt(a^3)", "a", []),
    ("min(a, b) + max(a, b)", "a + b", []),
  ]
}
