extension Expression {
  /// Whether the i-th constant is no result of a fit.
  func isFixed(_ index: Int) -> Bool {
    nodes.filter { $0.operation == .constant }[index].isFixed
  }

  /// Where each constant stands.
  var constantRoles: [SnapCandidates.Role] {
    let exponents = Set(
      nodes.indices.compactMap { index in
        nodes[index].operation == .power && nodes[index - 1].operation == .constant
          ? index - 1 : nil
      })
    return nodes.indices.compactMap { index in
      guard nodes[index].operation == .constant else { return nil }
      return exponents.contains(index) ? .exponent : .coefficient
    }
  }

  /// The formula with the i-th constant set and left alone by later fits.
  func fixingConstant(_ index: Int, at value: Double) -> Expression {
    var remaining = index
    let nodes = nodes.map { node -> Node in
      guard node.operation == .constant else { return node }
      remaining -= 1
      return remaining == -1 ? Node(constant: value, isFixed: true) : node
    }
    return Expression(postfix: nodes)
  }

  /// The formula with closed forms in the place of some constants.
  func replacingConstants(_ forms: [Expression?]) -> Expression {
    var index = -1
    let nodes = nodes.flatMap { node -> [Node] in
      guard node.operation == .constant else { return [node] }
      index += 1
      return forms[index]?.nodes ?? [node]
    }
    return Expression(postfix: nodes)
  }
}

extension SnapCandidates {
  /// The parameters are positive, as their names in formulas may count on.
  var domain: [Symbol: Bounds] {
    Dictionary(uniqueKeysWithValues: parameters.map { ($0, Bounds.positive) })
  }
}
