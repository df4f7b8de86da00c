/// Numbers as text.
enum NumberText {
  /// The fewest digits that read back as the same Double; integers without a point, but for
  /// programs.
  static func format(_ value: Double, _ style: ExpressionStyle) -> String {
    guard value.isFinite else { return formatNonFinite(value, style) }
    var digits = "\(value)"
    if digits.hasSuffix(".0") && !style.isProgram { digits.removeLast(2) }
    guard let mark = digits.firstIndex(of: "e") else { return digits }
    var mantissa = String(digits[..<mark])
    if mantissa.hasSuffix(".0") { mantissa.removeLast(2) }
    let exponent = Int(digits[digits.index(after: mark)...]) ?? 0
    return style == .latex
      ? #"\#(mantissa) \cdot 10^{\#(exponent)}"# : "\(mantissa)e\(exponent)"
  }

  /// The exact constant π.
  static func pi(_ style: ExpressionStyle) -> String {
    switch style {
    case .text, .sympy: "pi"
    case .latex: #"\pi"#
    case .numpy: "np.pi"
    case .torch: "torch.pi"
    case .jax: "jnp.pi"
    case .swift: "Double.pi"
    // Standard C has no name for it.
    case .c: format(.pi, style)
    }
  }

  private static func formatNonFinite(_ value: Double, _ style: ExpressionStyle) -> String {
    let magnitude =
      switch style {
      case .text: value.isNaN ? "nan" : "inf"
      case .latex: value.isNaN ? #"\mathrm{NaN}"# : #"\infty"#
      case .sympy: value.isNaN ? "nan" : "oo"
      case .numpy: value.isNaN ? "np.nan" : "np.inf"
      case .torch: value.isNaN ? "torch.nan" : "torch.inf"
      case .jax: value.isNaN ? "jnp.nan" : "jnp.inf"
      case .swift: value.isNaN ? "Double.nan" : "Double.infinity"
      case .c: value.isNaN ? "NAN" : "INFINITY"
      }
    return value < 0 ? "-" + magnitude : magnitude
  }
}
