/// A formula in which one constant may stand in several places.
struct TiedFormula {
  /// The formula; numbers that are none of the constants are fixed.
  private(set) var nodes: [Expression.Node] = []

  /// Which constant each node is, nil for all others.
  private(set) var ties: [Int?] = []

  /// The constants.
  var values: [Double] = []

  /// One of the constants.
  init(tie: Int) {
    nodes = [Expression.Node(constant: 0)]
    ties = [tie]
  }

  /// A formula with others in the places of names.
  ///
  /// - Parameters:
  ///   - formula: The formula.
  ///   - firstTie: Which constant its first number is; nil if its numbers are fixed.
  ///   - replacement: What stands for a name; nil if the name stands for itself.
  init(
    _ formula: Expression, firstTie: Int? = nil, _ replacement: (Symbol) -> TiedFormula?
  ) {
    var tie = firstTie
    for node in formula.nodes {
      if let part = node.symbol.flatMap(replacement) {
        nodes += part.nodes
        ties += part.ties
      } else if node.operation == .constant {
        let isFree = tie != nil && !node.isFixed
        nodes.append(Expression.Node(constant: node.value, isFixed: !isFree))
        ties.append(isFree ? tie : nil)
        tie = tie.map { $0 + 1 }
      } else {
        nodes.append(node)
        ties.append(nil)
      }
    }
  }
}
