extension Expression {
  /// The value of the formula, computed node by node in Double.
  ///
  /// This is the plain definition of what a formula means; ``Program`` computes the same for whole
  /// columns.
  ///
  /// - Parameter values: A number for each name that occurs.
  /// - Returns: The value; NaN if a name has no number or an operand is outside its domain.
  public func evaluate(_ values: [Symbol: Double] = [:]) -> Double {
    var stack: [Double] = []
    for node in nodes {
      switch node.arity {
      case 0:
        if let symbol = node.symbol {
          stack.append(values[symbol] ?? .nan)
        } else {
          stack.append(node.value)
        }
      case 1:
        stack[stack.count - 1] = node.operation(stack[stack.count - 1])
      default:
        let right = stack.removeLast()
        stack[stack.count - 1] = node.operation(stack[stack.count - 1], right)
      }
    }
    return stack[0]
  }
}
