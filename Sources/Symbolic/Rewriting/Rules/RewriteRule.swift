/// A statement that two shapes of formulas are equal.
///
/// Both sides are written as formulas, `sin(a)^2 + cos(a)^2` and `1`, whose names stand for anything.
/// The left side may be a part of a longer sum, with a common coefficient, or of a longer product,
/// with a common whole exponent: the rest stays. A condition says which names must be positive.
package struct RewriteRule: Sendable {
  let left: Pattern
  let right: Pattern

  /// The variables that must be positive for the rule to hold.
  let positive: [Int]

  let variableCount: Int

  /// The functions on the left side: without them in a formula the rule has nothing to do.
  let functions: Set<Operator>

  /// Reads a rule.
  ///
  /// - Parameters:
  ///   - left: The shape to find.
  ///   - right: What is equal to it wherever it is defined.
  ///   - positive: The names that must be positive.
  /// - Throws: A ``ParseError`` if a side is no formula.
  init(_ left: String, _ right: String, positive: [Symbol] = []) throws(ParseError) {
    var names: [Symbol] = []
    let formula = try Expression(parsing: left)
    self.left = Pattern(formula, names: &names)
    functions = Set(formula.nodes.map(\.operation)).filter(\.isFunction)
    let known = names.count
    self.right = Pattern(try Expression(parsing: right), names: &names)
    precondition(names.count == known, "the right side of a rule has a name of its own")
    self.positive = positive.compactMap { names.firstIndex(of: $0) }
    variableCount = known
  }
}

extension RewriteRule {
  /// All identities, read once.
  static let all: [RewriteRule] = read(lines)

  /// The identities as they are written.
  package static let lines: [Line] =
    powers + logarithms + exponentials + hyperbolic + trigonometric

  /// One line of a table of rules: two formulas, and the names in them that must be positive.
  package typealias Line = (left: String, right: String, positive: [Symbol])

  private static func read(_ lines: [Line]) -> [RewriteRule] {
    lines.map { line in
      do {
        return try RewriteRule(line.left, line.right, positive: line.positive)
      } catch {
        preconditionFailure("\(line.left) → \(line.right): \(error)")
      }
    }
  }
}

extension Operator {
  /// Whether the operator is neither a leaf nor arithmetic, which sums and products express.
  var isFunction: Bool {
    switch self {
    case .constant, .symbol, .pi, .add, .subtract, .multiply, .divide, .negate, .square, .cube,
      .reciprocal, .sqrt, .power:
      false
    default: true
    }
  }
}
