extension Expression {
  /// The number of nodes: the measure of complexity when no grammar weighs operators otherwise.
  public var complexity: Int { nodes.count }

  /// The outermost operator.
  public var root: Node { nodes[nodes.count - 1] }

  /// The number of nodes on the longest path from the root to a leaf; 1 for a leaf.
  public var depth: Int {
    fold { _, operands in (operands.max() ?? 0) + 1 }
  }

  /// The names that occur, sorted, each once.
  public var symbols: [Symbol] {
    Set(nodes.compactMap(\.symbol)).sorted()
  }

  /// The numbers that occur, in postfix order; the exact constant π is not one of them.
  public var constants: [Double] {
    nodes.compactMap { $0.operation == .constant ? $0.value : nil }
  }

  /// The operands of the root, in order.
  public var operands: [Expression] {
    switch root.arity {
    case 0: []
    case 1: [subtree(endingAt: nodes.count - 2)]
    default:
      [
        subtree(endingAt: nodes.count - 2 - nodes[nodes.count - 2].length),
        subtree(endingAt: nodes.count - 2),
      ]
    }
  }

  /// The subtree whose operator is one of ``nodes``.
  ///
  /// - Parameter index: The index of the operator in ``nodes``.
  /// - Returns: The part of the formula that the operator computes.
  public func subtree(endingAt index: Int) -> Expression {
    Expression(unchecked: Array(nodes[(index + 1 - nodes[index].length)...index]))
  }

  /// The formula with one subtree exchanged for another.
  ///
  /// - Parameters:
  ///   - index: The index of the operator of the subtree to remove, in ``nodes``.
  ///   - replacement: What takes its place.
  /// - Returns: The new formula.
  public func replacingSubtree(endingAt index: Int, with replacement: Expression) -> Expression {
    let start = index + 1 - nodes[index].length
    return Expression(postfix: nodes[..<start] + replacement.nodes + nodes[(index + 1)...])
  }

  /// The formula with names exchanged for formulas, all at once.
  ///
  /// - Parameter replacements: What to put in the place of each name; other names stay.
  /// - Returns: The new formula; a name inside a replacement is not replaced again.
  public func substituting(_ replacements: [Symbol: Expression]) -> Expression {
    var result: [Node] = []
    result.reserveCapacity(nodes.count)
    for node in nodes {
      if let symbol = node.symbol, let replacement = replacements[symbol] {
        result += replacement.nodes
      } else {
        result.append(node)
      }
    }
    return Expression(postfix: result)
  }

  /// The formula with other numbers in the place of its ``constants``.
  ///
  /// - Parameter values: One number for each of ``constants``, in the same order.
  /// - Returns: The new formula.
  public func replacingConstants(_ values: [Double]) -> Expression {
    var remaining = values[...]
    let result = nodes.map { node in
      guard node.operation == .constant else { return node }
      guard let value = remaining.popFirst() else {
        preconditionFailure("\(values.count) values are too few for the constants")
      }
      return Node(constant: value, isFixed: node.isFixed)
    }
    precondition(remaining.isEmpty, "\(values.count) values are too many for the constants")
    return Expression(unchecked: result)
  }

  /// Computes a value for every subtree, operands first, and returns that of the root.
  ///
  /// The stack is an array, so formulas of any depth are safe.
  ///
  /// - Parameter combine: Receives a node and the values of its operands.
  /// - Returns: The value of the root.
  func fold<Value>(_ combine: (Node, ArraySlice<Value>) -> Value) -> Value {
    var stack: [Value] = []
    for node in nodes {
      let value = combine(node, stack.suffix(node.arity))
      stack.removeLast(node.arity)
      stack.append(value)
    }
    return stack[0]
  }
}
