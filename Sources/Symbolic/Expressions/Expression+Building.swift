extension Expression {
  /// The exact constant π.
  public static let pi = Expression(unchecked: [Node(.pi)])

  /// The number zero.
  public static let zero = Expression(0)

  /// The number one.
  public static let one = Expression(1)

  /// A number.
  public init(_ value: Double) {
    self.init(unchecked: [Node(constant: value)])
  }

  /// A name.
  public init(_ symbol: Symbol) {
    self.init(unchecked: [Node(symbol: symbol)])
  }

  /// An operator applied to one operand.
  ///
  /// - Parameters:
  ///   - operation: An operator of one operand.
  ///   - operand: Its operand.
  public init(_ operation: Operator, _ operand: Expression) {
    precondition(operation.arity == 1, "\(operation) does not take one operand")
    let length = operand.nodes.count + 1
    self.init(unchecked: operand.nodes + [Node(operation, length: length)])
  }

  /// An operator applied to two operands.
  ///
  /// - Parameters:
  ///   - operation: An operator of two operands.
  ///   - left: The first operand.
  ///   - right: The second operand.
  public init(_ operation: Operator, _ left: Expression, _ right: Expression) {
    precondition(operation.arity == 2, "\(operation) does not take two operands")
    let length = left.nodes.count + right.nodes.count + 1
    self.init(unchecked: left.nodes + right.nodes + [Node(operation, length: length)])
  }

  /// The sum of two expressions.
  public static func + (left: Expression, right: Expression) -> Expression {
    Expression(.add, left, right)
  }

  /// The difference of two expressions.
  public static func - (left: Expression, right: Expression) -> Expression {
    Expression(.subtract, left, right)
  }

  /// The product of two expressions.
  public static func * (left: Expression, right: Expression) -> Expression {
    Expression(.multiply, left, right)
  }

  /// The quotient of two expressions.
  public static func / (left: Expression, right: Expression) -> Expression {
    Expression(.divide, left, right)
  }

  /// The negative of an expression; the negative of a number is a number.
  public static prefix func - (operand: Expression) -> Expression {
    if let value = operand.constantValue { return Expression(-value) }
    return Expression(.negate, operand)
  }

  /// The number that the expression is, or nil if it is anything but a single number.
  public var constantValue: Double? {
    nodes.count == 1 && root.operation == .constant ? root.value : nil
  }

  /// The name that the expression is, or nil if it is anything but a single name.
  public var symbolValue: Symbol? {
    nodes.count == 1 ? root.symbol : nil
  }
}

extension Expression: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// A number.
  public init(floatLiteral value: Double) {
    self.init(value)
  }

  /// A number.
  public init(integerLiteral value: Int) {
    self.init(Double(value))
  }
}

extension Expression: ExpressibleByStringLiteral {
  /// A name, as in `let x: Expression = "x"`; formulas are parsed with ``init(parsing:)``.
  public init(stringLiteral name: String) {
    self.init(Symbol(name))
  }
}

/// The base to an exponent; squares and cubes have operators of their own.
public func pow(_ base: Expression, _ exponent: Expression) -> Expression {
  switch exponent.constantValue {
  case 2: Expression(.square, base)
  case 3: Expression(.cube, base)
  default: Expression(.power, base, exponent)
  }
}

/// The non-negative square root.
public func sqrt(_ operand: Expression) -> Expression { Expression(.sqrt, operand) }

/// The exponential.
public func exp(_ operand: Expression) -> Expression { Expression(.exp, operand) }

/// The natural logarithm.
public func log(_ operand: Expression) -> Expression { Expression(.log, operand) }

/// The sine.
public func sin(_ operand: Expression) -> Expression { Expression(.sin, operand) }

/// The cosine.
public func cos(_ operand: Expression) -> Expression { Expression(.cos, operand) }

/// The tangent.
public func tan(_ operand: Expression) -> Expression { Expression(.tan, operand) }

/// The hyperbolic tangent.
public func tanh(_ operand: Expression) -> Expression { Expression(.tanh, operand) }

/// The absolute value.
public func abs(_ operand: Expression) -> Expression { Expression(.abs, operand) }
