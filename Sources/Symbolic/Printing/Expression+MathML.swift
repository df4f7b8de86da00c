#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Expression {
  /// The formula as the content of a `<math>` element, for browsers.
  ///
  /// Elements are those of MathML Core (https://www.w3.org/TR/mathml-core/), which needs no script:
  /// quotients are fractions, powers are raised, and the exponential is a power of e.
  ///
  /// - Parameter digits: Significant digits of numbers.
  /// - Returns: Presentation MathML; names are escaped.
  public func mathML(digits: Int = 6) -> String {
    var stack: [MathMLTerm] = []
    for node in nodes {
      switch node.arity {
      case 0:
        stack.append(MathMLTerm(leaf: node, digits: digits))
      case 1:
        stack.append(MathMLTerm(node.operation, stack.removeLast()))
      default:
        let right = stack.removeLast()
        stack.append(MathMLTerm(node.operation, stack.removeLast(), right))
      }
    }
    return stack[0].signed
  }
}

/// A printed part of a formula: its sign, its magnitude, and how tightly the latter binds.
private struct MathMLTerm {
  /// The magnitude, without sign; one element.
  let markup: String
  let precedence: Int
  var isNegative = false

  /// Whether the part begins with a digit, which wants a dot between it and a factor before.
  var isNumber = false

  private init(
    _ markup: String, _ precedence: Int = Precedence.atom, isNegative: Bool = false
  ) {
    self.markup = markup
    self.precedence = precedence
    self.isNegative = isNegative
  }

  init(leaf node: Expression.Node, digits: Int) {
    switch node.operation {
    case .constant:
      self.init(
        MathMLName.number(node.value.magnitude, digits: digits),
        isNegative: node.value.sign == .minus && node.value != 0 && !node.value.isNaN)
      isNumber = true
    case .symbol: self.init(MathMLName.symbol(node.symbol?.name ?? ""))
    default: self.init("<mi>π</mi>")
    }
  }

  init(_ operation: Operator, _ operand: MathMLTerm) {
    switch operation {
    case .negate:
      self = operand
      isNegative.toggle()
    case .square: self = operand.raised(to: "<mn>2</mn>")
    case .cube: self = operand.raised(to: "<mn>3</mn>")
    case .exp: self.init("<msup><mi>e</mi>\(operand.signed)</msup>", Precedence.power)
    case .reciprocal:
      self.init("<mfrac><mn>1</mn>\(operand.signed)</mfrac>", Precedence.product)
    case .sqrt: self.init("<msqrt>\(operand.signed)</msqrt>")
    case .cbrt: self.init("<mroot>\(operand.signed)<mn>3</mn></mroot>")
    case .abs: self.init(Self.fenced(operand.signed, "|", "|"))
    case .floor: self.init(Self.fenced(operand.signed, "⌊", "⌋"))
    case .ceil: self.init(Self.fenced(operand.signed, "⌈", "⌉"))
    default: self.init(call: operation, operand.signed)
    }
  }

  init(_ operation: Operator, _ left: MathMLTerm, _ right: MathMLTerm) {
    switch operation {
    case .add, .subtract:
      let sign = (operation == .subtract) != right.isNegative ? "−" : "+"
      self.init(
        Self.row(left.signed + "<mo>\(sign)</mo>" + right.magnitude(above: Precedence.sum)),
        Precedence.sum)
    case .multiply:
      // The sign of the first factor is that of the product.
      let sign = right.isNumber ? "<mo>⋅</mo>" : "<mo>&#x2062;</mo>"
      self.init(
        Self.row(
          left.magnitude(above: Precedence.sum) + sign + right.operand(above: Precedence.product)),
        Precedence.product, isNegative: left.isNegative)
    case .divide:
      self.init(
        "<mfrac>\(left.markup)\(right.signed)</mfrac>", Precedence.product,
        isNegative: left.isNegative)
    case .power: self = left.raised(to: right.signed)
    case .greater:
      self.init(Self.fenced(left.signed + "<mo>&gt;</mo>" + right.signed, "[", "]"))
    default:
      self.init(call: operation, left.signed + "<mo>,</mo>" + right.signed)
    }
  }

  private init(call operation: Operator, _ operands: String) {
    self.init(
      Self.row(
        "<mi>\(operation.notation.spelling)</mi><mo>&#x2061;</mo>"
          + Self.fenced(operands, "(", ")")))
  }

  /// The part by itself, or at the beginning of a sum; one element.
  var signed: String {
    isNegative ? Self.row("<mo>−</mo>" + magnitude(above: Precedence.sum)) : markup
  }

  /// The magnitude as operand of something that binds so tightly.
  private func magnitude(above limit: Int) -> String {
    precedence > limit ? markup : Self.fenced(markup, "(", ")")
  }

  /// The part as operand of something that binds so tightly, and that a sign would disturb.
  private func operand(above limit: Int) -> String {
    isNegative ? Self.fenced(signed, "(", ")") : magnitude(above: limit)
  }

  private func raised(to exponent: String) -> MathMLTerm {
    MathMLTerm(
      "<msup>\(operand(above: Precedence.power))\(exponent)</msup>", Precedence.power)
  }

  private static func row(_ content: String) -> String { "<mrow>\(content)</mrow>" }

  private static func fenced(_ content: String, _ opening: String, _ closing: String) -> String {
    row("<mo>\(opening)</mo>\(content)<mo>\(closing)</mo>")
  }
}

/// Names and numbers in MathML.
private enum MathMLName {
  /// `alpha` becomes α; `u_xx` and `x1` get subscripts.
  static func symbol(_ name: String) -> String {
    var parts = name.split(separator: "_", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count < 2 || !(parts[0].isEmpty || parts[1].isEmpty) else { return word(name[...]) }
    if parts.count == 1 {
      let digits = name.reversed().prefix(while: \.isNumber).count
      if digits > 0 && digits < name.count {
        parts = [name.dropLast(digits), name.suffix(digits)]
      }
    }
    guard parts.count == 2 else { return word(parts[0]) }
    return "<msub>\(word(parts[0]))\(index(parts[1]))</msub>"
  }

  /// Subscripts of derivatives (`xx`, `xt`) stay in italics, as variables are.
  private static func index(_ text: Substring) -> String {
    guard (2...4).contains(text.count), greek[String(text)] == nil,
      text.allSatisfy({ $0.isASCII && $0.isLetter })
    else { return word(text) }
    return "<mrow>\(text.map { "<mi>\($0)</mi>" }.joined())</mrow>"
  }

  private static func word(_ word: Substring) -> String {
    if let letter = greek[String(word)] { return "<mi>\(letter)</mi>" }
    let escaped = word.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;")
    return word.allSatisfy(\.isNumber) ? "<mn>\(escaped)</mn>" : "<mi>\(escaped)</mi>"
  }

  /// A number with so many digits, far from one times a power of ten.
  static func number(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "<mi>NaN</mi>" : "<mi>∞</mi>" }
    var buffer = [CChar](repeating: 0, count: 64)
    _ = withVaList([Int32(digits), value]) { vsnprintf(&buffer, buffer.count, "%.*g", $0) }
    let text = String(
      decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let parts = text.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return "<mn>\(text)</mn>" }
    let power =
      exponent < 0 ? "<mrow><mo>−</mo><mn>\(-exponent)</mn></mrow>" : "<mn>\(exponent)</mn>"
    return "<mrow><mn>\(parts[0])</mn><mo>⋅</mo><msup><mn>10</mn>\(power)</msup></mrow>"
  }

  private static let greek: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ",
    "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
  ]
}
