extension Expression {
  /// The formula as text in one of several languages, with as few parentheses as keep its meaning.
  ///
  /// Numbers have the fewest digits that read back as the same Double. In ``ExpressionStyle/text``
  /// parsing gives back a formula of exactly the same value.
  ///
  /// - Parameter style: The language.
  /// - Returns: One line.
  public func formatted(_ style: ExpressionStyle) -> String {
    var stack: [PrintedTerm] = []
    for node in nodes {
      switch node.arity {
      case 0:
        stack.append(PrintedTerm(leaf: node, style))
      case 1:
        let operand = stack.removeLast()
        stack.append(PrintedTerm(node.operation, operand, style))
      default:
        let right = stack.removeLast()
        let left = stack.removeLast()
        stack.append(PrintedTerm(node.operation, left, right, style))
      }
    }
    return stack[0].text
  }

  /// The formula in LaTeX.
  public var latex: String { formatted(.latex) }

  /// The formula as `sympy.sympify` reads it.
  public var sympy: String { formatted(.sympy) }
}

/// A printed part of a formula and how tightly its outermost operator binds.
private struct PrintedTerm {
  var text: String
  var precedence: Int
  /// The number, if the part is one: `2^x` and `2^3` are printed unlike `x^2`.
  var value: Double?

  var isNegative: Bool { text.first == "-" }

  init(leaf node: Expression.Node, _ style: ExpressionStyle) {
    precedence = Precedence.atom
    switch node.operation {
    case .constant:
      value = node.value
      text = NumberText.format(node.value, style)
    case .symbol:
      let name = node.symbol?.name ?? ""
      text = style == .latex ? LatexName.format(name) : name
    default:
      text = style == .latex ? node.operation.notation.latex : node.operation.notation.spelling
    }
  }

  init(_ operation: Operator, _ operand: PrintedTerm, _ style: ExpressionStyle) {
    switch operation {
    case .negate:
      self = operand.negated(style)
    case .square, .cube:
      self = operand.raised(to: operation == .square ? "2" : "3", style)
    case .reciprocal:
      self = PrintedTerm(
        .divide, PrintedTerm(leaf: Expression.Node(constant: 1), style), operand, style)
    default:
      self.init(call: operation, [operand], style)
    }
  }

  init(
    _ operation: Operator, _ left: PrintedTerm, _ right: PrintedTerm, _ style: ExpressionStyle
  ) {
    self = left
    value = nil
    switch operation {
    case .add, .subtract:
      precedence = Precedence.sum
      let isFlipped = right.isNegative && right.precedence > Precedence.sum
      let isMinus = (operation == .subtract) != isFlipped
      text += isMinus ? " - " : " + "
      text +=
        isFlipped
        ? String(right.text.dropFirst())
        : right.grouped(if: right.precedence <= Precedence.sum, style)
    case .multiply:
      precedence = Precedence.product
      text = left.grouped(if: left.precedence < Precedence.minus, style)
      let factor = right.grouped(
        if: right.precedence <= Precedence.product || right.isNegative, style)
      text += style == .latex ? PrintedTerm.latexTimes(before: factor) + factor : "*" + factor
    case .divide where style == .latex:
      precedence = Precedence.product
      text = left.isNegative && left.precedence > Precedence.sum ? "-" : ""
      let numerator = text.isEmpty ? left.text : String(left.text.dropFirst())
      text += "\\frac{\(numerator)}{\(right.text)}"
    case .divide:
      precedence = Precedence.product
      text = left.grouped(if: left.precedence < Precedence.minus, style) + "/"
      text += right.grouped(if: right.precedence <= Precedence.product || right.isNegative, style)
    case .power where style == .text && (right.value == 2 || right.value == 3):
      // `x^2` reads back as a square; the power function proper is spelt out.
      self.init(call: "pow(#1, #2)", [left, right])
    case .power:
      let exponent =
        style == .latex
        ? right.text
        : right.grouped(if: right.precedence < Precedence.power || right.isNegative, style)
      self = left.raised(to: exponent, style)
    default:
      self.init(call: operation, [left, right], style)
    }
  }

  /// A function call.
  private init(call operation: Operator, _ operands: [PrintedTerm], _ style: ExpressionStyle) {
    let notation = operation.notation
    switch style {
    case .latex: self.init(call: notation.latex, operands)
    case .sympy: self.init(call: notation.sympy, operands)
    case .text where operands.count == 2: self.init(call: notation.spelling + "(#1, #2)", operands)
    case .text: self.init(call: notation.spelling + "(#1)", operands)
    }
  }

  private init(call template: String, _ operands: [PrintedTerm]) {
    precedence = Precedence.atom
    text = ""
    var rest = template[...]
    while let mark = rest.firstIndex(of: "#") {
      text += rest[..<mark]
      let digit = rest.index(after: mark)
      text += rest[digit] == "1" ? operands[0].text : operands[operands.count - 1].text
      rest = rest[rest.index(after: digit)...]
    }
    text += rest
  }

  private func negated(_ style: ExpressionStyle) -> PrintedTerm {
    var result = self
    result.value = nil
    result.precedence = Precedence.minus
    result.text = "-" + grouped(if: precedence <= Precedence.minus || isNegative, style)
    return result
  }

  private func raised(to exponent: String, _ style: ExpressionStyle) -> PrintedTerm {
    var result = self
    result.value = nil
    result.precedence = Precedence.power
    result.text = grouped(if: precedence <= Precedence.power || isNegative, style)
    switch style {
    case .text: result.text += "^" + exponent
    case .latex: result.text += "^{\(exponent)}"
    case .sympy: result.text += "**" + exponent
    }
    return result
  }

  private func grouped(if needed: Bool, _ style: ExpressionStyle) -> String {
    guard needed else { return text }
    return style == .latex ? #"\left(\#(text)\right)"# : "(\(text))"
  }

  /// Factors stand side by side in LaTeX, except before a digit: `2 \cdot 3^{x}`.
  private static func latexTimes(before factor: String) -> String {
    factor.first?.isNumber == true ? #" \cdot "# : " "
  }
}
