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
    return stack[0].signed(style)
  }

  /// The formula in LaTeX.
  public var latex: String { formatted(.latex) }

  /// The formula as `sympy.sympify` reads it.
  public var sympy: String { formatted(.sympy) }
}

/// A printed part of a formula: its sign, its magnitude, and how tightly the latter binds.
private struct PrintedTerm {
  /// The magnitude, without sign.
  var text: String
  var precedence: Int
  var isNegative = false
  /// The number, if the part is one: `2^x` and `2^3` are printed unlike `x^2`.
  var value: Double?
  /// Whether the part holds numbers alone: PyTorch's functions do not take such.
  var isNumeric = false

  init(leaf node: Expression.Node, _ style: ExpressionStyle) {
    precedence = Precedence.atom
    switch node.operation {
    case .constant:
      value = node.value
      isNumeric = true
      isNegative = node.value.sign == .minus && !node.value.isNaN
      text = NumberText.format(node.value.magnitude, style)
    case .symbol:
      let name = node.symbol?.name ?? ""
      text = style == .latex ? LatexName.format(name) : SourceName.format(name, style)
    default:
      isNumeric = true
      text = NumberText.pi(style)
    }
  }

  init(_ operation: Operator, _ operand: PrintedTerm, _ style: ExpressionStyle) {
    switch operation {
    case .negate:
      self = operand
      value = nil
      isNegative.toggle()
    case .square where style != .swift && style != .c,
      .cube where style != .swift && style != .c:
      self = operand.raised(to: operation == .square ? "2" : "3", style)
    case .reciprocal:
      let one = PrintedTerm(leaf: Expression.Node(constant: 1), style)
      self = PrintedTerm(.divide, one, operand, style)
    default:
      self.init(call: operation, [operand], style)
    }
  }

  init(
    _ operation: Operator, _ left: PrintedTerm, _ right: PrintedTerm, _ style: ExpressionStyle
  ) {
    self = left
    value = nil
    isNumeric = left.isNumeric && right.isNumeric
    switch operation {
    case .add, .subtract:
      text = left.signed(style)
      text += (operation == .subtract) != right.isNegative ? " - " : " + "
      text += right.magnitude(above: Precedence.sum, style)
      isNegative = false
      precedence = Precedence.sum
    case .multiply:
      // The sign of the first factor is that of the product.
      text = left.magnitude(above: Precedence.sum, style)
      let factor = right.operand(above: Precedence.product, style)
      text += style == .latex ? PrintedTerm.latexTimes(before: factor) + factor : "*" + factor
      precedence = Precedence.product
    case .divide where style == .latex:
      text = #"\frac{\#(left.text)}{\#(right.signed(style))}"#
      precedence = Precedence.product
    case .divide:
      text = left.magnitude(above: Precedence.sum, style) + "/"
      text += right.operand(above: Precedence.product, style)
      precedence = Precedence.product
    case .power where style == .text && (right.value == 2 || right.value == 3):
      // `x^2` reads back as a square; the power function proper is spelt out.
      self.init(call: "pow(#1, #2)", [left, right], style)
    case .power where !style.isProgram:
      let exponent =
        style == .latex ? right.signed(style) : right.operand(above: Precedence.power - 1, style)
      self = left.raised(to: exponent, style)
    default:
      self.init(call: operation, [left, right], style)
    }
  }

  /// A function call.
  private init(call operation: Operator, _ operands: [PrintedTerm], _ style: ExpressionStyle) {
    var operands = operands
    if style == .torch {
      for index in operands.indices where operands[index].isNumeric {
        operands[index].makeTensor(asOrder: operation == .polygamma && index == 0)
      }
    }
    self.init(call: operation.template(in: style), operands, style)
  }

  /// Makes a number an operand of PyTorch: a tensor, or the whole number that an order has to be.
  private mutating func makeTensor(asOrder: Bool) {
    let order = value.flatMap { Int(exactly: $0) }
    text =
      if asOrder, let order {
        "\(order)"
      } else {
        "torch.as_tensor(\(signed(.torch)), dtype=torch.float64)"
      }
    isNegative = false
    precedence = Precedence.atom
  }

  private init(call template: String, _ operands: [PrintedTerm], _ style: ExpressionStyle) {
    precedence = Precedence.atom
    text = ""
    var rest = template[...]
    while let mark = rest.firstIndex(of: "#") {
      text += rest[..<mark]
      let digit = rest.index(after: mark)
      text += operands[rest[digit] == "1" ? 0 : operands.count - 1].signed(style)
      rest = rest[rest.index(after: digit)...]
    }
    text += rest
  }

  /// The part by itself, or at the beginning of a sum.
  func signed(_ style: ExpressionStyle) -> String {
    isNegative ? "-" + magnitude(above: Precedence.sum, style) : text
  }

  /// The magnitude as operand of something that binds so tightly.
  private func magnitude(above limit: Int, _ style: ExpressionStyle) -> String {
    precedence > limit ? text : PrintedTerm.grouped(text, style)
  }

  /// The part as operand of something that binds so tightly, and that a sign would disturb.
  private func operand(above limit: Int, _ style: ExpressionStyle) -> String {
    isNegative
      ? PrintedTerm.grouped(signed(style), style) : magnitude(above: limit, style)
  }

  private func raised(to exponent: String, _ style: ExpressionStyle) -> PrintedTerm {
    var result = self
    result.value = nil
    result.isNegative = false
    result.precedence = Precedence.power
    result.text = operand(above: Precedence.power, style)
    result.text +=
      style == .latex ? "^{\(exponent)}" : style.isPython ? "**" + exponent : "^" + exponent
    return result
  }

  private static func grouped(_ text: String, _ style: ExpressionStyle) -> String {
    style == .latex ? #"\left(\#(text)\right)"# : "(\(text))"
  }

  /// Factors stand side by side in LaTeX, except before a digit: `2 \cdot 3^{x}`.
  private static func latexTimes(before factor: String) -> String {
    factor.first?.isNumber == true ? #" \cdot "# : " "
  }
}
