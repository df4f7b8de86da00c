/// A formula: the one language of mathematics of this package.
///
/// PDE residuals, boundary conditions, exact solutions, grammars' templates, candidates of the
/// search and distilled results are all expressions. The tree is stored flat, in postfix order:
/// operands come before their operator, and each node knows the length of its subtree, so that
/// walking, copying and evaluating a formula touch one contiguous array and never recurse:
///
///     sin(x)*2   →   x  sin  2  multiply
///     length         1   2   1      4
///
/// Expressions are built by parsing text, by Swift's operators, or from nodes:
///
/// ```swift
/// let u = try Expression(parsing: "sin(pi*x)*exp(-alpha*pi^2*t)")
/// let x: Expression = "x"
/// let v = sin(.pi * x) * exp(-x)
/// ```
public struct Expression: Hashable, Sendable {
  /// The nodes in postfix order; never empty, the last one is the root.
  public let nodes: [Node]

  /// Creates an expression from nodes in postfix order; subtree lengths are recomputed.
  ///
  /// - Parameter nodes: Exactly one well-formed tree.
  /// - Precondition: Every operator finds its operands before it and one value remains.
  public init(postfix nodes: [Node]) {
    guard let expression = Expression(validating: nodes) else {
      preconditionFailure("the nodes are not one tree in postfix order")
    }
    self = expression
  }

  /// Creates an expression from nodes in postfix order if they form exactly one tree.
  ///
  /// - Parameter nodes: Candidate nodes; their subtree lengths are recomputed.
  public init?(validating nodes: [Node]) {
    var nodes = nodes
    var roots: [Int] = []
    for index in nodes.indices {
      var length = 1
      for _ in 0..<nodes[index].arity {
        guard let root = roots.popLast() else { return nil }
        length += nodes[root].length
      }
      nodes[index].length = length
      roots.append(index)
    }
    guard roots.count == 1 else { return nil }
    self.nodes = nodes
  }

  /// Takes nodes whose lengths are known to be right.
  init(unchecked nodes: [Node]) {
    assert(nodes.last?.length == nodes.count)
    self.nodes = nodes
  }
}

extension Expression {
  /// One operator, name or number of a formula, in 16 bytes.
  public struct Node: Sendable {
    /// What the node does.
    public let operation: Operator

    /// Whether a fit of constants must leave this one alone, such as the 2 of `sin(2*x)` that a
    /// search placed on purpose; takes no part in comparisons.
    public var isFixed: Bool

    private var storedLength: UInt32

    // The bits of a constant's value or the id of a symbol.
    private let payload: UInt64

    /// The number of nodes in the subtree that ends here, this one included.
    public internal(set) var length: Int {
      get { Int(storedLength) }
      set { storedLength = UInt32(newValue) }
    }

    /// The number of operands.
    public var arity: Int { operation.arity }

    /// The value of a constant or π; NaN for other nodes.
    public var value: Double {
      switch operation {
      case .constant: Double(bitPattern: payload)
      case .pi: .pi
      default: .nan
      }
    }

    /// The name of a symbol; nil for other nodes.
    public var symbol: Symbol? {
      operation == .symbol ? Symbol(id: Int32(truncatingIfNeeded: payload)) : nil
    }

    /// A number.
    ///
    /// - Parameters:
    ///   - value: The number.
    ///   - isFixed: Whether a fit of constants must leave it alone.
    public init(constant value: Double, isFixed: Bool = false) {
      operation = .constant
      self.isFixed = isFixed
      storedLength = 1
      payload = value.bitPattern
    }

    /// A name.
    public init(symbol: Symbol) {
      operation = .symbol
      isFixed = false
      storedLength = 1
      payload = UInt64(symbol.id)
    }

    /// An operator that is neither a constant nor a symbol.
    ///
    /// - Parameters:
    ///   - operation: The operator.
    ///   - length: The number of nodes of its subtree.
    public init(_ operation: Operator, length: Int = 1) {
      precondition(
        operation != .constant && operation != .symbol, "this node needs a value or a name")
      self.operation = operation
      isFixed = false
      storedLength = UInt32(length)
      payload = 0
    }
  }
}

extension Expression.Node: Hashable {
  /// Whether two nodes have the same operator, name, and bits of value.
  public static func == (left: Self, right: Self) -> Bool {
    left.operation == right.operation && left.payload == right.payload
      && left.storedLength == right.storedLength
  }

  /// Feeds what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(operation)
    hasher.combine(payload)
    hasher.combine(storedLength)
  }
}

extension Expression: CustomStringConvertible {
  /// The formula as text that parses back to it.
  public var description: String { formatted(.text) }
}

extension Expression: Codable {
  /// Reads the text form.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    self = try Expression(parsing: text)
  }

  /// Writes the text form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
