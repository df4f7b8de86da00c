extension Expression {
  /// The formula of a tree of genes.
  ///
  /// - Parameters:
  ///   - genes: A tree in postfix order.
  ///   - variables: The names of the columns.
  package init(_ genes: [Gene], variables: [Symbol]) {
    self.init(
      postfix: genes.map { gene in
        switch gene.operation {
        case .constant: Node(constant: gene.value, isFixed: gene.isFixed)
        case .symbol: Node(symbol: variables[Int(gene.variable)])
        default: Node(gene.operation)
        }
      })
  }

  /// The genes of a formula.
  ///
  /// - Parameter variables: The names of the columns.
  /// - Returns: The tree, or nil if a name is not among the columns.
  package func genes(variables: [Symbol]) -> [Gene]? {
    var genes: [Gene] = []
    for node in nodes {
      switch node.operation {
      case .constant: genes.append(Gene(constant: node.value, isFixed: node.isFixed))
      case .symbol:
        guard let symbol = node.symbol, let column = variables.firstIndex(of: symbol) else {
          return nil
        }
        genes.append(Gene(variable: column))
      default: genes.append(Gene(node.operation, length: node.length))
      }
    }
    return genes
  }
}
