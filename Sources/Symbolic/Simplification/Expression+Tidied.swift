extension Expression {
  /// The formula with local rules applied from the leaves up, its structure otherwise kept.
  func tidied() -> Expression {
    fold { node, operands in
      switch node.arity {
      case 0: Expression(unchecked: [node])
      case 1: Expression.tidied(node.operation, operands[operands.startIndex])
      default:
        Expression.tidied(
          node.operation, operands[operands.startIndex], operands[operands.startIndex + 1])
      }
    }
  }

  /// An operator of one operand applied to a tidied one.
  private static func tidied(_ operation: Operator, _ a: Expression) -> Expression {
    if let value = a.constantValue, let folded = folded(operation(value), from: [value]) {
      return folded
    }
    switch (operation, a.root.operation) {
    case (.negate, .negate), (.reciprocal, .reciprocal), (.log, .exp), (.exp, .log),
      (.square, .sqrt), (.cube, .cbrt), (.cbrt, .cube):
      return a.operands[0]
    case (.negate, .subtract): return a.operands[1] - a.operands[0]
    case (.reciprocal, .divide): return a.operands[1] / a.operands[0]
    case (.square, .negate), (.square, .abs), (.abs, .negate), (.abs, .abs), (.cos, .negate),
      (.cos, .abs), (.cosh, .negate):
      return tidied(operation, a.operands[0])
    case (.sqrt, .square): return tidied(.abs, a.operands[0])
    case (.abs, .square), (.abs, .exp), (.abs, .sqrt), (.abs, .cosh): return a
    case (.sin, .negate), (.tan, .negate), (.sinh, .negate), (.tanh, .negate), (.atan, .negate),
      (.asin, .negate), (.erf, .negate), (.sign, .negate), (.cube, .negate), (.cbrt, .negate),
      (.reciprocal, .negate):
      return tidied(.negate, tidied(operation, a.operands[0]))
    default: return Expression(operation, a)
    }
  }

  /// An operator of two operands applied to tidied ones.
  private static func tidied(
    _ operation: Operator, _ a: Expression, _ b: Expression
  ) -> Expression {
    let (left, right) = (a.constantValue, b.constantValue)
    if let left, let right {
      let value = exactValue(operation, left, right) ?? operation(left, right)
      if let folded = folded(value, from: [left, right]) { return folded }
    }
    switch operation {
    case .add:
      if left == 0 { return b }
      if right == 0 { return a }
      if b.root.operation == .negate { return tidied(.subtract, a, b.operands[0]) }
      if a.root.operation == .negate { return tidied(.subtract, b, a.operands[0]) }
      if let right, right < 0 { return a - Expression(-right) }
    case .subtract:
      if left == 0 { return tidied(.negate, b) }
      if right == 0 { return a }
      if a == b { return .zero }
      if b.root.operation == .negate { return tidied(.add, a, b.operands[0]) }
      if let right, right < 0 { return a + Expression(-right) }
    case .multiply: return tidiedProduct(a, b)
    case .divide: return tidiedQuotient(a, b)
    case .power:
      switch right {
      case 0: return .one
      case 1: return a
      case 0.5: return tidied(.sqrt, a)
      case -1: return tidied(.reciprocal, a)
      default: return pow(a, b)
      }
    case .min, .max: if a == b { return a }
    default: break
    }
    return Expression(operation, a, b)
  }

  private static func tidiedProduct(_ a: Expression, _ b: Expression) -> Expression {
    let (left, right) = (a.constantValue, b.constantValue)
    if left == 0 || right == 0 { return .zero }
    if left == 1 { return b }
    if right == 1 { return a }
    if left == -1 { return tidied(.negate, b) }
    if right == -1 { return tidied(.negate, a) }
    // Numbers stand in front.
    if right != nil && left == nil { return tidiedProduct(b, a) }
    if let left, b.root.operation == .multiply, let inner = b.operands[0].constantValue {
      let product = exactValue(.multiply, left, inner) ?? left * inner
      return tidiedProduct(Expression(product), b.operands[1])
    }
    if let left, b.root.operation == .negate {
      return tidiedProduct(Expression(-left), b.operands[0])
    }
    switch (a.root.operation, b.root.operation) {
    case (.negate, .negate): return tidiedProduct(a.operands[0], b.operands[0])
    case (.negate, _): return tidied(.negate, tidiedProduct(a.operands[0], b))
    case (_, .negate): return tidied(.negate, tidiedProduct(a, b.operands[0]))
    case (_, .reciprocal): return tidiedQuotient(a, b.operands[0])
    case (.reciprocal, _): return tidiedQuotient(b, a.operands[0])
    default: return a == b ? Expression(.square, a) : a * b
    }
  }

  private static func tidiedQuotient(_ a: Expression, _ b: Expression) -> Expression {
    let (left, right) = (a.constantValue, b.constantValue)
    if left == 0 { return .zero }
    if left == 1 { return tidied(.reciprocal, b) }
    if right == 1 { return a }
    if right == -1 { return tidied(.negate, a) }
    if a == b { return .one }
    switch (a.root.operation, b.root.operation) {
    case (.negate, .negate): return tidiedQuotient(a.operands[0], b.operands[0])
    case (.negate, _): return tidied(.negate, tidiedQuotient(a.operands[0], b))
    case (_, .negate): return tidied(.negate, tidiedQuotient(a, b.operands[0]))
    case (_, .reciprocal): return tidiedProduct(a, b.operands[0])
    default: return a / b
    }
  }

  /// The value as decimal arithmetic has it: 3.7·2.1 is 7.77 and not 7.7700000000000005.
  private static func exactValue(_ operation: Operator, _ a: Double, _ b: Double) -> Double? {
    let (a, b) = (Coefficient(reading: a), Coefficient(reading: b))
    let result: Coefficient
    switch operation {
    case .add: result = a + b
    case .subtract: result = a - b
    case .multiply: result = a * b
    case .divide where !b.isZero: result = a / b
    default: return nil
    }
    return result.isExact ? result.value : nil
  }

  /// A number in the place of an operator on numbers, where that loses nothing worth reading.
  ///
  /// `sqrt(2)` and `2/3` say more than their digits; `sqrt(4)`, and anything with a number of many
  /// digits in it, do not.
  private static func folded(_ value: Double, from operands: [Double]) -> Expression? {
    guard value.isFinite else { return nil }
    let isExact = operands.allSatisfy { Coefficient(reading: $0).isExact }
    let result = Coefficient(reading: value)
    if isExact && !(result.isExact && (result.isInteger || "\(value)".count <= 8)) { return nil }
    return Expression(value)
  }
}
