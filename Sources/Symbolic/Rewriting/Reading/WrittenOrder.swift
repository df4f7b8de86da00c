/// Where a factor stands in a product, or a term in a sum: numbers, names, sums, functions,
/// exponentials, and by name among equals.
struct WrittenOrder: Comparable {
  private let rank: Int
  private let text: String

  static func < (a: WrittenOrder, b: WrittenOrder) -> Bool {
    if a.rank != b.rank { return a.rank < b.rank }
    let (left, right) = (a.text.lowercased(), b.text.lowercased())
    return left != right ? left < right : a.text < b.text
  }

  /// The place among the factors of a product.
  static func factor(_ factor: Expression) -> WrittenOrder {
    // Powers stand where their base stands.
    var base = factor
    while [.square, .cube, .power].contains(base.root.operation) { base = base.operands[0] }
    let rank =
      switch base.root.operation {
      case .constant: 0
      case .pi: factor.nodes.count <= 2 ? 1 : 2
      case _ where base.symbols.isEmpty: 1
      case .symbol: 2
      case .add, .subtract: 3
      case .log: 5
      case .exp: 6
      default: 4
      }
    return WrittenOrder(rank: rank, text: factor.description)
  }

  /// The place among the terms of a sum: falling degree in the names, then by name.
  static func term(_ term: Expression) -> WrittenOrder {
    // Without the number in front, so that x and 2*x stand at one place.
    let text = String(term.description.drop { $0.isNumber || $0 == "." || $0 == "*" })
    return WrittenOrder(rank: -Int((2 * term.degree).rounded()), text: text)
  }
}

extension Expression {
  /// The degree of a product of powers in its names; functions count as numbers.
  fileprivate var degree: Double {
    let degree: Double = fold { node, operands in
      let first = operands.first ?? 0
      return switch node.operation {
      case .symbol: 1
      case .multiply: first + (operands.last ?? 0)
      case .divide: first - (operands.last ?? 0)
      case .negate: first
      case .reciprocal: -first
      case .square: 2 * first
      case .cube: 3 * first
      case .sqrt: first / 2
      case .add, .subtract: Swift.max(first, operands.last ?? 0)
      default: 0
      }
    }
    return degree.isFinite ? Swift.max(-100, Swift.min(100, degree)) : 0
  }

  /// The number at the beginning of a product.
  var leadingNumber: Double? {
    var end = nodes.count - 1
    while nodes[end].length > 1 {
      switch nodes[end].operation {
      case .multiply, .divide: end -= 1 + nodes[end - 1].length
      default: return nil
      }
    }
    return nodes[end].operation == .constant ? nodes[end].value : nil
  }

  /// The negative of a product, in which the number in front takes the sign.
  var negated: Expression {
    guard let number = leadingNumber else { return -self }
    return Expression(postfix: [Node(constant: -number)] + nodes.dropFirst())
  }
}
