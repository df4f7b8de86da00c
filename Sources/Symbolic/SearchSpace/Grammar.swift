/// The space of formulas that a search looks through: operators, what each costs, and limits.
///
/// Grammars are text, so that a search space can be read, kept and compared:
///
/// ```
/// # Waves that decay.
/// binary   + - * /
/// unary    sin cos exp
/// complexity sin cos 2        # others weigh 1
/// maxsize  30
/// maxdepth 10
/// nest sin: no sin cos exp    # none of them inside a sine
/// nest exp: sin <= 1          # at most one sine on a path inside an exponential
/// template u = X(x) * T(t)    # or: template product over variables
/// ```
///
/// The words are PySR's where the meaning is the same. Shipped grammars: ``shippedNames``.
public struct Grammar: Sendable, Equatable {
  /// The name of a shipped grammar, or the file it was read from.
  public let name: String

  /// The operators of one and two operands.
  public internal(set) var operators: [Operator] = []

  /// What each operator, constant and variable adds to the complexity; 1 if not listed.
  public internal(set) var weights: [Operator: Int] = [:]

  /// What is forbidden inside what.
  public internal(set) var nesting: [NestingRule] = []

  /// The largest complexity of a formula.
  public internal(set) var maximumComplexity = 30

  /// The longest path from the root to a leaf, in nodes.
  public internal(set) var maximumDepth = 10

  /// How sub-functions make up the formula; nil if the formula is free.
  public internal(set) var template: Template?

  /// How often an operator may occur on a path inside an operand of another.
  public struct NestingRule: Sendable, Equatable {
    /// The operator whose operands are limited.
    public let outer: Operator

    /// The operator that is counted inside.
    public let inner: Operator

    /// How often it may occur; 0 forbids it.
    public let limit: Int
  }

  /// How sub-functions make up a formula.
  public enum Template: Sendable, Equatable {
    /// A formula in which the names of sub-functions stand for their values.
    case formula(Expression, functions: [SubFunction])

    /// The product of one function of each variable of the table.
    case productOverVariables
  }

  /// An unknown function of some of the variables.
  public struct SubFunction: Sendable, Equatable {
    /// Its name in the template.
    public let name: String

    /// The variables it depends on.
    public let arguments: [String]
  }

  /// An empty grammar, to be filled by the reader.
  init(name: String) {
    self.name = name
  }

  /// The complexity of a formula: the sum of its nodes' weights.
  ///
  /// - Parameter expression: The formula.
  /// - Returns: At least 1.
  public func complexity(of expression: Expression) -> Int {
    expression.nodes.reduce(0) { $0 + (weights[$1.operation] ?? 1) }
  }
}

extension Grammar {
  /// The grammars that ship with the package.
  public static let shippedNames = ["arithmetic", "general", "separable", "trigonometric"]

  /// A grammar that ships with the package.
  ///
  /// - Parameter name: One of ``shippedNames``.
  /// - Throws: ``GrammarError/unknownGrammar(_:known:suggestion:)`` for any other name.
  public init(named name: String) throws(GrammarError) {
    let text: [UInt8]
    switch name {
    case "arithmetic": text = PackageResources.arithmetic_grammar
    case "general": text = PackageResources.general_grammar
    case "separable": text = PackageResources.separable_grammar
    case "trigonometric": text = PackageResources.trigonometric_grammar
    default:
      throw .unknownGrammar(
        name, known: Self.shippedNames,
        suggestion: Spelling.suggestion(for: name, among: Self.shippedNames))
    }
    try self.init(contentsOf: String(decoding: text, as: UTF8.self), file: name)
  }
}
