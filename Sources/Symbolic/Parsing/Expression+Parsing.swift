extension Expression {
  /// Reads a formula.
  ///
  /// From loose to tight: `+ -`, a leading minus, `* /`, and `^` (also `**`), which groups to the
  /// right, so that `-x^2` is `-(x^2)` and `2^3^2` is `2^9`. `pi` is the exact constant and `e` is
  /// `exp(1)`; functions are called by name.
  ///
  /// - Parameter text: For example `sin(pi*x)*exp(-alpha*pi^2*t)`.
  /// - Throws: A ``ParseError`` that says where the text stops being a formula.
  public init(parsing text: String) throws(ParseError) {
    var parser = ExpressionParser(text: text, allowed: nil)
    self = try parser.parse()
  }

  /// Reads a formula in which only certain names may occur.
  ///
  /// - Parameters:
  ///   - text: For example `u_t - alpha*u_xx`.
  ///   - names: The names that mean something here; `e` among them is a name, not a number.
  /// - Throws: A ``ParseError``; for an unknown name it suggests the one probably meant.
  public init(parsing text: String, allowing names: [String]) throws(ParseError) {
    var parser = ExpressionParser(text: text, allowed: names)
    self = try parser.parse()
  }
  /// Reads a formula in which only certain names may occur, and certain functions be called besides
  /// those that are built in.
  ///
  /// - Parameters:
  ///   - text: For example `u_t - rate(x)*u`.
  ///   - names: The names that mean something here; `e` among them is a name, not a number.
  ///   - functions: Further functions; a call stands for the function's body.
  /// - Throws: A ``ParseError``; for an unknown name it suggests the one probably meant.
  public init(
    parsing text: String, allowing names: [String], calling functions: [CustomOperator]
  ) throws(ParseError) {
    var scope = FunctionScope()
    for function in functions { scope.definitions[function.name] = function }
    var parser = ExpressionParser(text: text, allowed: names, scope: scope)
    self = try parser.parse()
  }
}
