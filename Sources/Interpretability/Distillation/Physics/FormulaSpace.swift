internal import Symbolic
internal import Tensors

/// Draws and varies formulas of a grammar as trees of expressions.
///
/// A formula is one tree for each sub-function and parameter of the grammar's template, or a single
/// one. This plain
/// version serves searches whose cost lies in the evaluation of derivatives.
struct FormulaSpace: Sendable {
  private let grammar: Grammar
  private let slots: [[Symbol]]
  private let binary: [Operator]
  private let unary: [Operator]

  /// One tree for each sub-function.
  typealias Trees = [Expression]

  /// Takes a grammar for some variables; nil if it has no operator, or its template uses other names.
  init?(_ grammar: Grammar, variables: [Symbol]) {
    self.grammar = grammar
    binary = grammar.operators.filter { $0.arity == 2 }
    unary = grammar.operators.filter { $0.arity == 1 }
    switch grammar.template {
    case nil: slots = [variables]
    case .productOverVariables: slots = variables.map { [$0] }
    case .formula(_, let calls):
      // A function's own arguments have names of their own: it may be called with any formulas.
      slots =
        (grammar.template?.functionNames ?? []).map { name in
          let arity = calls.first { $0.function == name }?.arguments.count ?? 0
          return (0..<arity).map(Self.argument)
        } + grammar.parameters.flatMap(\.symbols).map { _ in [] }
      let used = calls.flatMap { $0.arguments.flatMap(\.symbols) }
      let known = variables + grammar.parameters.flatMap(\.symbols)
      guard used.allSatisfy(known.contains) else { return nil }
    }
    guard !binary.isEmpty || !unary.isEmpty, grammar.customOperatorNames.isEmpty else {
      return nil
    }
  }

  /// The formula that trees make up.
  func formula(_ trees: Trees) -> Expression {
    switch grammar.template {
    case nil: return trees[0]
    case .productOverVariables: return trees.dropFirst().reduce(trees[0], *)
    case .formula(let expression, let calls):
      let names = grammar.template?.functionNames ?? []
      var meanings: [Symbol: Expression] = [:]
      for (index, parameter) in grammar.parameters.flatMap(\.symbols).enumerated() {
        meanings[parameter] = trees[names.count + index]
      }
      var values: [Symbol: Expression] = meanings
      for call in calls {
        guard let index = names.firstIndex(of: call.function) else { continue }
        var arguments: [Symbol: Expression] = [:]
        for (position, argument) in call.arguments.enumerated() {
          arguments[Self.argument(position)] = argument.substituting(meanings)
        }
        values[call.placeholder] = trees[index].substituting(arguments)
      }
      return expression.substituting(values)
    }
  }

  // A name that no formula can contain.
  private static func argument(_ position: Int) -> Symbol { Symbol("argument \(position)") }

  /// The trees with other numbers in the place of their constants, in the order of ``formula(_:)``.
  func replacingConstants(_ trees: Trees, by formula: Expression) -> Trees {
    // Only where the formula holds the trees' constants and no others is the order known.
    guard grammar.template == nil || grammar.template == .productOverVariables else { return trees }
    var values = formula.constants[...]
    return trees.map { tree in
      let own = values.prefix(tree.constants.count)
      values = values.dropFirst(own.count)
      return tree.replacingConstants(Array(own))
    }
  }

  /// Random trees.
  func random(_ stream: inout RandomStream) -> Trees {
    slots.map { tree(of: $0, depth: 2 + stream.below(3), &stream) }
  }

  /// A child of one or two parents; nil if it breaks the grammar's limits.
  func child(_ mother: Trees, _ father: Trees, _ stream: inout RandomStream) -> Trees? {
    var child = mother
    let slot = stream.below(slots.count)
    guard !slots[slot].isEmpty else {
      // A parameter of the template is one number.
      child[slot] = Expression(2 * stream.normal())
      return child
    }
    let tree = mother[slot]
    let place = stream.below(tree.nodes.count)
    let part = tree.subtree(endingAt: place)
    switch stream.below(10) {
    case 0..<3:
      let donor = father[slot]
      child[slot] = tree.replacingSubtree(
        endingAt: place, with: donor.subtree(endingAt: stream.below(donor.nodes.count)))
    case 3..<5:
      child[slot] = tree.replacingSubtree(
        endingAt: place, with: self.tree(of: slots[slot], depth: 1 + stream.below(3), &stream))
    case 5..<8:
      child[slot] = tree.replacingSubtree(
        endingAt: place, with: grown(part, slots[slot], &stream))
    default:
      guard let operand = part.operands.last else { return nil }
      child[slot] = tree.replacingSubtree(endingAt: place, with: operand)
    }
    child[slot] = child[slot].simplified()
    return admits(child) ? child : nil
  }

  /// The complexity of the formula.
  func complexity(_ trees: Trees) -> Int { grammar.complexity(of: formula(trees)) }

  /// Whether trees keep the grammar's limits.
  func admits(_ trees: Trees) -> Bool {
    let formula = formula(trees)
    guard grammar.complexity(of: formula) <= grammar.maximumComplexity else { return false }
    return trees.allSatisfy { tree in
      tree.depth <= grammar.maximumDepth
        && grammar.nesting.allSatisfy { rule in
          tree.nodes.indices.allSatisfy { index in
            guard case .operation(let outer) = rule.outer,
              case .operation(let inner) = rule.inner, tree.nodes[index].operation == outer
            else { return true }
            return tree.subtree(endingAt: index).operands.allSatisfy {
              Self.count(of: inner, onPathsOf: $0) <= rule.limit
            }
          }
        }
    }
  }

  private static func count(of operation: Operator, onPathsOf tree: Expression) -> Int {
    let below = tree.operands.map { count(of: operation, onPathsOf: $0) }.max() ?? 0
    return below + (tree.root.operation == operation ? 1 : 0)
  }

  /// An operator around a part.
  private func grown(
    _ part: Expression, _ leaves: [Symbol], _ stream: inout RandomStream
  ) -> Expression {
    if binary.isEmpty || (!unary.isEmpty && stream.below(3) == 0) {
      return Expression(unary[stream.below(unary.count)], part)
    }
    let other = leaf(of: leaves, &stream)
    let operation = binary[stream.below(binary.count)]
    return stream.below(2) == 0
      ? Expression(operation, part, other) : Expression(operation, other, part)
  }

  private func tree(
    of leaves: [Symbol], depth: Int, _ stream: inout RandomStream
  ) -> Expression {
    guard depth > 1, !leaves.isEmpty, stream.below(5) > 0 else { return leaf(of: leaves, &stream) }
    if binary.isEmpty || (!unary.isEmpty && stream.below(2) == 0) {
      return Expression(
        unary[stream.below(unary.count)], tree(of: leaves, depth: depth - 1, &stream))
    }
    return Expression(
      binary[stream.below(binary.count)], tree(of: leaves, depth: depth - 1, &stream),
      tree(of: leaves, depth: depth - 1, &stream))
  }

  private func leaf(of leaves: [Symbol], _ stream: inout RandomStream) -> Expression {
    !leaves.isEmpty && stream.below(5) < 3
      ? Expression(leaves[stream.below(leaves.count)]) : Expression(2 * stream.normal())
  }
}
