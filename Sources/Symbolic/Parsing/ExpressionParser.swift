/// Turns the text of a formula into nodes in postfix order.
///
/// Dijkstra's shunting-yard algorithm: operators wait on a stack until a looser one arrives, and
/// the order in which they leave *is* postfix order. Nothing recurses, so hostile nesting ends in
/// an error and not in an exhausted call stack.
struct ExpressionParser {
  /// The longest text that is read, in bytes.
  static let lengthLimit = 1_000_000

  /// The most operators, parentheses and calls that may wait for their operands at once.
  static let depthLimit = 256

  private enum Waiting {
    case infix(Operator)
    case prefix(Operator, precedence: Int)
    case parenthesis(column: Int)
    case call(function: String, column: Int, arguments: Int)
  }

  private let text: String
  private let allowed: Set<String>?
  private(set) var scope: FunctionScope
  private var tokens: [Token] = []
  private var position = 0
  private var output: [Expression.Node] = []
  private var waiting: [Waiting] = []

  init(text: String, allowed: [String]?, scope: FunctionScope = FunctionScope()) {
    self.text = text
    self.scope = scope
    self.allowed = allowed.map(Set.init)
  }

  /// Reads the whole text as one formula.
  mutating func parse() throws(ParseError) -> Expression {
    guard text.utf8.count <= Self.lengthLimit else {
      throw error(.tooLong(limit: Self.lengthLimit), at: 1)
    }
    tokens = try Lexer.tokens(of: text)
    if tokens[0].kind == .end { throw error(.empty, at: 1) }
    var isOperandExpected = true
    while true {
      let token = tokens[position]
      position += 1
      if isOperandExpected {
        isOperandExpected = try readOperand(token)
      } else {
        guard let expected = try readOperator(token) else { break }
        isOperandExpected = expected
      }
    }
    return Expression(unchecked: output)
  }

  // MARK: Where an operand is expected

  /// Reads one token; returns whether an operand is still expected.
  private mutating func readOperand(_ token: Token) throws(ParseError) -> Bool {
    switch token.kind {
    case .number(let value):
      output.append(Expression.Node(constant: value))
      return false
    case .name(let name):
      return try readName(name, token)
    case .open:
      try push(.parenthesis(column: token.column), token)
      return true
    case .infix(.add):
      return true
    case .infix(.subtract):
      return try readMinus(token)
    case .close:
      if case .call(let function, let column, 0) = waiting.last {
        throw error(argumentCount(function, found: 0), at: column)
      }
      throw unexpected(token, "a number, a name or '('")
    default:
      throw unexpected(token, "a number, a name or '('")
    }
  }

  private mutating func readName(_ name: String, _ token: Token) throws(ParseError) -> Bool {
    let isCall = tokens[position].kind == .open
    if isCall {
      guard scope.knows(name) || ExpressionParser.arity(ofFunction: name) != nil else {
        let names = ExpressionParser.functionNames + scope.definitions.keys
        let suggestion = Spelling.suggestion(for: name, among: names)
        throw error(.unknownFunction(name, suggestion: suggestion), at: token.column)
      }
      position += 1
      try push(.call(function: name, column: token.column, arguments: 0), token)
      return true
    }
    if let allowed, allowed.contains(name) {
      output.append(Expression.Node(symbol: Symbol(name)))
      return false
    }
    if name == "pi" {
      output.append(Expression.Node(.pi))
    } else if let value = ExpressionParser.namedValues[name] {
      output.append(Expression.Node(constant: value))
    } else if name == "e" {
      // `e^x` is the exponential, not the power function with a rounded base.
      if tokens[position].kind == .infix(.power) {
        position += 1
        try push(.prefix(.exp, precedence: Precedence.power), token)
        return true
      }
      output += exp(1).nodes
    } else if ExpressionParser.arity(ofFunction: name) != nil,
      !ExpressionParser.sharedNames.contains(name)
    {
      throw error(.missingArguments(function: name), at: token.column)
    } else if let allowed {
      let suggestion = Spelling.suggestion(for: name, among: Array(allowed))
      throw error(
        .unknownName(name, suggestion: suggestion, allowed: allowed.sorted()), at: token.column)
    } else {
      output.append(Expression.Node(symbol: Symbol(name)))
    }
    return false
  }

  /// Reads a leading minus.
  ///
  /// Before a number it belongs to the number, unless a power follows: `-2^2` is -4. After `*`, `/` and `^` it binds tighter than they do: `x^-2*y` is `(x^-2)*y`.
  private mutating func readMinus(_ token: Token) throws(ParseError) -> Bool {
    if case .number(let value) = tokens[position].kind,
      tokens[position + 1].kind != .infix(.power)
    {
      position += 1
      output.append(Expression.Node(constant: -value))
      return false
    }
    let precedence =
      switch waiting.last {
      case .infix(.power): Precedence.power
      case .infix(.multiply), .infix(.divide): Precedence.product + 1
      case .prefix(_, let precedence): precedence
      default: Precedence.minus
      }
    try push(.prefix(.negate, precedence: precedence), token)
    return true
  }

  // MARK: Where an operator is expected

  /// Reads one token; returns whether an operand must follow, or nil at the end of the formula.
  private mutating func readOperator(_ token: Token) throws(ParseError) -> Bool? {
    switch token.kind {
    case .infix(let operation):
      // A power waits for the one to its right; all others group to the left.
      let precedence = Precedence.of(operation)
      release(downTo: operation == .power ? precedence + 1 : precedence)
      try push(.infix(operation), token)
      return true
    case .comma:
      release(downTo: 0)
      guard case .call(let function, let column, let arguments) = waiting.last else {
        throw unexpected(token, "an operator or the end")
      }
      waiting[waiting.count - 1] = .call(
        function: function, column: column, arguments: arguments + 1)
      return true
    case .close:
      release(downTo: 0)
      try close(token)
      return false
    case .end:
      release(downTo: 0)
      switch waiting.last {
      case .parenthesis(let column): throw error(.unclosedParenthesis, at: column)
      case .call(let function, let column, _):
        throw error(.unclosedParenthesis, at: column + function.count)
      default: return nil
      }
    case .number, .name, .open:
      throw unexpected(token, "an operator such as '*'")
    }
  }

  private mutating func close(_ token: Token) throws(ParseError) {
    switch waiting.popLast() {
    case .parenthesis: return
    case .call(let function, let column, let arguments):
      let found = arguments + 1
      if scope.knows(function) {
        try expand(function, arguments: found, at: column)
        return
      }
      guard ExpressionParser.arity(ofFunction: function) == found else {
        throw error(argumentCount(function, found: found), at: column)
      }
      if let operation = Operator.function(named: function) {
        apply(operation)
      } else if let expand = ExpressionParser.compositions[function] {
        let start = output.count - (output.last?.length ?? 0)
        let argument = Expression(unchecked: Array(output[start...]))
        output.removeSubrange(start...)
        output += expand(argument).nodes
      }
    default: throw error(.unmatchedParenthesis, at: token.column)
    }
  }

  /// Exchanges the operands of a function of the scope for what the call stands for.
  private mutating func expand(
    _ function: String, arguments: Int, at column: Int
  ) throws(ParseError) {
    if let expected = scope.definitions[function]?.arity, expected != arguments {
      throw error(
        .argumentCount(function: function, expected: expected, found: arguments), at: column)
    }
    var operands: [Expression] = []
    for _ in 0..<arguments {
      let start = output.count - (output.last?.length ?? 0)
      operands.insert(Expression(unchecked: Array(output[start...])), at: 0)
      output.removeSubrange(start...)
    }
    output += scope.expand(function, operands).nodes
  }

  /// Moves waiting operators that bind at least so tightly to the output.
  private mutating func release(downTo precedence: Int) {
    while let last = waiting.last {
      switch last {
      case .infix(let operation) where Precedence.of(operation) >= precedence:
        waiting.removeLast()
        applyInfix(operation)
      case .prefix(let operation, let tightness) where tightness >= precedence:
        waiting.removeLast()
        apply(operation)
      default: return
      }
    }
  }

  private mutating func applyInfix(_ operation: Operator) {
    // `x^2` and `x^3` have operators of their own, cheaper to evaluate and to search.
    if operation == .power, let exponent = output.last, exponent.operation == .constant,
      exponent.value == 2 || exponent.value == 3
    {
      output.removeLast()
      apply(exponent.value == 2 ? .square : .cube)
    } else if operation == .divide, isOne(before: output.last?.length ?? 0) {
      output.remove(at: output.count - 1 - (output.last?.length ?? 0))
      apply(.reciprocal)
    } else {
      apply(operation)
    }
  }

  /// Whether the number 1 stands right before the last nodes.
  private func isOne(before count: Int) -> Bool {
    let end = output.count - count
    return end >= 1 && output[end - 1].value == 1
  }

  private mutating func apply(_ operation: Operator) {
    var length = 1
    for _ in 0..<operation.arity { length += output[output.count - length].length }
    output.append(Expression.Node(operation, length: length))
  }

  private mutating func push(_ entry: Waiting, _ token: Token) throws(ParseError) {
    guard waiting.count < Self.depthLimit else {
      throw error(.tooDeep(limit: Self.depthLimit), at: token.column)
    }
    waiting.append(entry)
  }

  // MARK: Errors

  private func error(_ reason: ParseError.Reason, at column: Int) -> ParseError {
    ParseError(reason, column: column, text: text)
  }

  private func unexpected(_ token: Token, _ expected: String) -> ParseError {
    if token.kind == .close,
      !waiting.contains(where: {
        switch $0 {
        case .parenthesis, .call: true
        default: false
        }
      })
    {
      return error(.unmatchedParenthesis, at: token.column)
    }
    return error(.unexpected(found: token.shown, expected: expected), at: token.column)
  }

  private func argumentCount(_ function: String, found: Int) -> ParseError.Reason {
    let expected =
      scope.definitions[function]?.arity ?? ExpressionParser.arity(ofFunction: function) ?? 1
    return .argumentCount(function: function, expected: expected, found: found)
  }
}
