internal import Symbolic

/// The largest parts of formulas that read known symbols only, each under a name of its own.
///
/// With names in their place, a formula's derivatives can be simplified without mixing them. Otherwise
/// `x + exp(−x²) u` may become `(x exp(x²) + u) exp(−x²)`, which is shorter and overflows.
struct PointParts {
  /// The symbols that parts may read.
  let known: Set<Symbol>

  /// The parts in the order of their first occurrence.
  private(set) var formulas: [(symbol: Symbol, formula: Expression)] = []
  private var symbols: [Expression: Symbol] = [:]

  /// Starts without parts.
  ///
  /// - Parameter known: The symbols that parts may read.
  init(known: Set<Symbol>) { self.known = known }

  /// Exchanges the parts of a formula for their names.
  ///
  /// - Parameter formula: The formula.
  /// - Returns: The formula over names of parts, single known symbols and all others.
  mutating func extract(from formula: Expression) -> Expression {
    var stack: [(part: Expression, isKnown: Bool)] = []
    for node in formula.nodes {
      var operands = Array(stack.suffix(node.arity))
      stack.removeLast(node.arity)
      let isKnown = node.symbol.map(known.contains) ?? operands.allSatisfy(\.isKnown)
      if !isKnown {
        for index in operands.indices where operands[index].isKnown {
          operands[index].part = name(of: operands[index].part)
        }
      }
      stack.append((Expression(postfix: operands.flatMap(\.part.nodes) + [node]), isKnown))
    }
    return stack[0].part
  }

  /// The name of a part, which stays what it is if it is one symbol or number.
  ///
  /// - Parameter part: A formula of known symbols.
  /// - Returns: Its name, the same for the same formula.
  mutating func name(of part: Expression) -> Expression {
    guard part.complexity > 1, !part.symbols.isEmpty else { return part }
    let symbol = symbols[part] ?? Symbol("part \(formulas.count)")
    if symbols.updateValue(symbol, forKey: part) == nil { formulas.append((symbol, part)) }
    return Expression(symbol)
  }

  /// Puts the parts back into a formula.
  ///
  /// - Parameter formula: A formula over their names.
  /// - Returns: The formula over the symbols that they read.
  func restore(in formula: Expression) -> Expression {
    formula.substituting(Dictionary(uniqueKeysWithValues: formulas.map { ($0.symbol, $0.formula) }))
  }
}
