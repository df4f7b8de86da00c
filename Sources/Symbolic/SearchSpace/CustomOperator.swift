/// A function defined in a grammar by a formula, such as `sech(x) = 1/cosh(x)`.
///
/// The search treats it as one operator of its own complexity; evaluation sees the formula.
public struct CustomOperator: Sendable, Equatable {
  /// The name it is called by.
  public let name: String

  /// The names that stand for the operands in ``body``; one or two of them for an operator.
  public let parameters: [Symbol]

  /// What it computes.
  public let body: Expression

  /// Defines a function.
  ///
  /// - Parameters:
  ///   - name: The name it is called by.
  ///   - parameters: The names that stand for the operands in the body.
  ///   - body: What it computes.
  public init(name: String, parameters: [Symbol], body: Expression) {
    self.name = name
    self.parameters = parameters
    self.body = body
  }

  /// The number of operands.
  public var arity: Int { parameters.count }

  /// The formula with operands in the place of the parameters.
  ///
  /// - Parameter operands: As many as there are ``parameters``.
  /// - Returns: The value of the function, as a formula.
  public func callAsFunction(_ operands: [Expression]) -> Expression {
    precondition(operands.count == arity, "'\(name)' takes \(arity) operands")
    return body.substituting(
      Dictionary(uniqueKeysWithValues: zip(parameters, operands)))
  }
}
