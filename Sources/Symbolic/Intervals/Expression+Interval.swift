extension Expression {
  /// A set that contains every value of the formula on a box, and whether it has values there.
  ///
  /// Each operator sees only the sets of its operands, so that `x - x` on [0, 1] gives [-1, 1];
  /// ``domainSafety(over:limit:)`` cuts the box where that matters.
  ///
  /// - Parameter box: The set of each name; a name without one may be any number.
  /// - Returns: The values and what is certain about them.
  /// - Complexity: O(nodes).
  public func interval(over box: [Symbol: Interval]) -> Enclosure {
    fold { (node, operands: ArraySlice<Enclosure>) in
      node.enclosure(operands) { box[$0] ?? .whole }
    }
  }
}

extension Expression.Node {
  /// What the node makes of what is known of its operands.
  ///
  /// - Parameters:
  ///   - operands: As many as the node has.
  ///   - interval: The set of each name.
  /// - Returns: What is known of the node's value.
  func enclosure(
    _ operands: ArraySlice<Enclosure>, _ interval: (Symbol) -> Interval
  ) -> Enclosure {
    guard let first = operands.first, let last = operands.last else {
      if let symbol { return Enclosure(interval(symbol), .continuous) }
      guard value.isFinite else { return Enclosure(.empty, .undefined) }
      // π itself lies beside its nearest number.
      let range = Interval(value)
      return Enclosure(operation == .pi ? range.widened() : range, .continuous)
    }
    return operation.enclosure(first, last)
  }
}
