/// Numbers as text.
enum NumberText {
  /// The fewest digits that read back as the same Double; integers without a point.
  static func format(_ value: Double, _ style: ExpressionStyle) -> String {
    guard value.isFinite else { return formatNonFinite(value, style) }
    var digits = "\(value)"
    if digits.hasSuffix(".0") { digits.removeLast(2) }
    guard let mark = digits.firstIndex(of: "e") else { return digits }
    var mantissa = String(digits[..<mark])
    if mantissa.hasSuffix(".0") { mantissa.removeLast(2) }
    let exponent = Int(digits[digits.index(after: mark)...]) ?? 0
    return style == .latex
      ? #"\#(mantissa) \cdot 10^{\#(exponent)}"# : "\(mantissa)e\(exponent)"
  }

  private static func formatNonFinite(_ value: Double, _ style: ExpressionStyle) -> String {
    let magnitude =
      switch style {
      case .text: value.isNaN ? "nan" : "inf"
      case .latex: value.isNaN ? #"\mathrm{NaN}"# : #"\infty"#
      case .sympy: value.isNaN ? "nan" : "oo"
      }
    return value < 0 ? "-" + magnitude : magnitude
  }
}
