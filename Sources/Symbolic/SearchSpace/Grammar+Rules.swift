extension Grammar {
  /// What a rule of a grammar is about.
  public enum Term: Hashable, Sendable {
    /// An operator, a constant or a variable.
    case operation(Operator)

    /// A function that the grammar defines, by its name.
    case custom(String)

    /// How the term is written in a grammar.
    public var spelling: String {
      switch self {
      case .operation(.constant): "constant"
      case .operation(.symbol): "variable"
      case .operation(let operation): operation.notation.spelling
      case .custom(let name): name
      }
    }
  }

  /// How often an operator may occur on a path inside an operand of another.
  public struct NestingRule: Sendable, Equatable {
    /// The operator whose operands are limited.
    public let outer: Term

    /// The operator that is counted inside.
    public let inner: Term

    /// How often it may occur; 0 forbids it.
    public let limit: Int
  }

  /// How complex the operands of an operator may be.
  public struct OperandLimit: Sendable, Equatable {
    /// The operator whose operands are limited.
    public let term: Term

    /// The largest complexity of each operand; nil for any.
    public let limits: [Int?]
  }

  /// A constant of the template that all its parts share.
  public struct Parameter: Sendable, Equatable {
    /// Its name in the template; each of several is written `c[1]`, `c[2]` and so on there.
    public let name: String

    /// How many there are of the name.
    public let count: Int

    /// The column whose values each have a parameter of their own; nil for one for all rows.
    public let category: String?

    /// The names in the template's formulas: `c`, or `c_1`, `c_2` and so on for several.
    public var symbols: [Symbol] {
      count == 1 ? [Symbol(name)] : (1...count).map { Symbol("\(name)_\($0)") }
    }
  }

  /// What happens to formulas whose units do not fit.
  public enum DimensionalRule: Sendable, Equatable {
    /// They are rejected.
    case strict

    /// Each violation counts as much as so many times the loss of a constant.
    case penalised(Double)
  }
}
