extension Expression {
  /// The dimension of the formula's value.
  ///
  /// A constant may carry any dimension, unless it is fixed (``Node/isFixed``) or
  /// `dimensionlessConstants` says otherwise; then an exponent must be a plain fraction. A name
  /// without a dimension may carry any. So `9.81*t` can be a speed, and `x + t` cannot be anything.
  ///
  /// - Parameters:
  ///   - dimensions: The dimension of each name.
  ///   - dimensionlessConstants: Whether constants are pure numbers.
  /// - Returns: The dimension, or nil if the value may have any.
  /// - Throws: The first ``DimensionViolation``, operands before their operator.
  public func dimension(
    of dimensions: [Symbol: Dimension], dimensionlessConstants: Bool = false
  ) throws(DimensionViolation) -> Dimension? {
    var stack: [Quantity] = []
    for (index, node) in nodes.enumerated() {
      switch node.operation {
      case .symbol:
        stack.append(node.symbol.flatMap { dimensions[$0] }.map { Quantity($0) } ?? .free)
      case .constant, .pi:
        let isFree = node.operation == .constant && !node.isFixed && !dimensionlessConstants
        stack.append(.constant(node.value, isFree: isFree))
      default:
        let operands = stack.suffix(node.arity)
        guard let first = operands.first, let last = operands.last else { continue }
        let (value, conflict) = node.operation.dimensionRule.apply(
          first, node.arity == 2 ? last : .pure)
        if let conflict {
          throw DimensionViolation(
            conflict, subtree(endingAt: index), first.dimension, last.dimension)
        }
        stack.removeLast(node.arity)
        stack.append(value)
      }
    }
    return stack[0].isFree ? nil : stack[0].dimension
  }
}

extension DimensionViolation {
  fileprivate init(
    _ conflict: DimensionConflict, _ part: Expression, _ left: Dimension, _ right: Dimension
  ) {
    switch conflict {
    case .operandsDiffer: self = .operandsDiffer(part: part, left: left, right: right)
    case .operandNotPure:
      self = .operandNotPure(part: part, found: left.isNone ? right : left)
    case .exponentNotPure: self = .exponentNotPure(part: part, found: right)
    case .exponentNotRational: self = .exponentNotRational(part: part, base: left)
    }
  }
}
