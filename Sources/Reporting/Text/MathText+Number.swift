internal import RunStore

extension MathText {
  /// A number with three digits: `0.0523`, `3.21×10⁻⁸` with a raised exponent.
  ///
  /// - Parameter value: Any number.
  public init(short value: Double) {
    // Zero has no sign.
    self.init(scientific: NumberFormat.short(value == 0 ? 0 : value))
  }

  /// What C prints for a number, set as mathematics sets it: `3.21e-08`.
  init(scientific text: String) {
    let parts = text.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else {
      self.init(Self.withMinus(text))
      return
    }
    self = MathText(Self.withMinus(String(parts[0])) + "×") + .power(of: 10, exponent)
  }

  /// log₁₀, with a proper index.
  static let decimalLogarithm = MathText(runs: [
    Run(text: "log"), Run(text: "10", script: .lowered),
  ])

  /// A power of a whole number: 10⁻³.
  static func power(of base: Int, _ exponent: Int) -> MathText {
    MathText(runs: [
      Run(text: "\(base)"), Run(text: withMinus("\(exponent)"), script: .raised),
    ])
  }

  /// The text with minus signs, which are as wide as a plus, in the place of hyphens.
  static func withMinus(_ text: String) -> String { text.replacing("-", with: "\u{2212}") }
}
