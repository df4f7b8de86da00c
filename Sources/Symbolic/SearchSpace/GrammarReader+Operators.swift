extension GrammarReader {
  /// `unary sin cos`, `binary + -`, or `outer asin ^`.
  mutating func readOperators(_ line: Line) throws(GrammarError.Reason) {
    guard !line.rest.isEmpty else { throw .missing(after: line.word, expected: "operators") }
    let arities = line.word == "unary" ? [1] : line.word == "binary" ? [2] : [1, 2]
    for name in line.rest {
      switch try term(name, isWanted: { arities.contains($0) }) {
      case .operation(let operation) where line.word == "outer":
        if !grammar.outerOperators.contains(operation) {
          grammar.outerOperators.append(operation)
        }
      case .operation(let operation):
        if !grammar.operators.contains(operation) { grammar.operators.append(operation) }
      case .custom(let name):
        // A target transform needs the inverse of its outer operator.
        guard line.word != "outer" else { throw .noInverse(name) }
        if !grammar.customOperatorNames.contains(name) {
          grammar.customOperatorNames.append(name)
        }
      }
    }
  }

  /// `define sech(x) = 1/cosh(x)`.
  mutating func readDefinition(_ line: Line) throws(GrammarError.Reason) {
    let text = line.text.trimmed
    guard let equals = text.firstIndex(of: "="), let open = text.firstIndex(of: "("),
      let close = text.firstIndex(of: ")"), open < close, close < equals,
      text[text.index(after: close)..<equals].allSatisfy(\.isWhitespace)
    else { throw .badDefinition(text) }
    let name = text[..<open].trimmed
    let parameters = text[text.index(after: open)..<close].split(
      separator: ",", omittingEmptySubsequences: false
    ).map(\.trimmed)
    guard name.isName, parameters.allSatisfy(\.isName), Set(parameters).count == parameters.count
    else { throw .badDefinition(text) }
    guard parameters.count <= 2 else { throw .tooManyOperands(name, count: parameters.count) }
    guard Operator.function(named: name) == nil, name != "pi", name != "e",
      name != "constant", name != "variable"
    else { throw .reservedName(name) }
    guard !grammar.definitions.contains(where: { $0.name == name }) else {
      throw .definedTwice(name)
    }
    var parser = ExpressionParser(
      text: String(text[text.index(after: equals)...]).trimmed, allowed: parameters, scope: scope)
    let body: Expression
    do {
      body = try parser.parse()
    } catch {
      throw .definition(error)
    }
    grammar.definitions.append(
      CustomOperator(name: name, parameters: parameters.map { Symbol($0) }, body: body))
  }

  /// `complexity sin cos 2`, `complexity x1 3`, or `complexity 2` for everything.
  mutating func readComplexity(_ line: Line) throws(GrammarError.Reason) {
    guard let last = line.rest.last else {
      throw .missing(after: line.word, expected: "operators and a weight")
    }
    let weight = try number(last, after: line.word)
    let names = line.rest.dropLast()
    if names.isEmpty {
      for operation in Operator.allCases { grammar.weights[operation] = weight }
      for definition in grammar.definitions { grammar.customWeights[definition.name] = weight }
    }
    for name in names {
      switch Result(catching: { () throws(GrammarError.Reason) in try term(name) }) {
      case .success(.operation(let operation)): grammar.weights[operation] = weight
      case .success(.custom(let name)): grammar.customWeights[name] = weight
      case .failure(let error):
        // Any other name may be a column's; one that nearly is an operator's is a slip.
        guard case .unknownOperator(_, _, nil) = error, name.isName else { throw error }
        grammar.variableWeights[Symbol(name)] = weight
      }
    }
  }

  /// `nest sin: no sin cos`, or `nest exp: sin <= 1`.
  mutating func readNesting(_ line: Line) throws(GrammarError.Reason) {
    let text = line.text.trimmed
    guard let colon = text.firstIndex(of: ":") else { throw .badNesting(text) }
    let rest = text[text.index(after: colon)...].split(whereSeparator: \.isWhitespace)
      .map(String.init)
    let outer = try term(text[..<colon].trimmed)
    mentions.append((outer, line))
    if rest.first == "no", rest.count >= 2 {
      for name in rest[1...] { try limit(name, inside: outer, to: 0, line) }
    } else if rest.count == 3, rest[1] == "<=", let count = Int(rest[2]), count >= 0 {
      try limit(rest[0], inside: outer, to: count, line)
    } else {
      throw .badNesting(text)
    }
  }

  private mutating func limit(
    _ name: String, inside outer: Grammar.Term, to count: Int, _ line: Line
  ) throws(GrammarError.Reason) {
    let inner = try term(name)
    mentions.append((inner, line))
    for rule in grammar.nesting where rule.outer == outer && rule.inner == inner {
      if rule.limit != count {
        throw .nestingDiffers(
          outer: outer.spelling, inner: inner.spelling, limits: [rule.limit, count])
      }
      return
    }
    grammar.nesting.append(Grammar.NestingRule(outer: outer, inner: inner, limit: count))
  }

  /// `constraint ^: any 1`: the largest complexity of each operand.
  mutating func readOperandLimit(_ line: Line) throws(GrammarError.Reason) {
    let text = line.text.trimmed
    guard let colon = text.firstIndex(of: ":") else { throw .badOperandLimit(text) }
    let term = try term(text[..<colon].trimmed)
    mentions.append((term, line))
    var limits: [Int?] = []
    for word in text[text.index(after: colon)...].split(whereSeparator: \.isWhitespace) {
      // PySR writes -1 for any.
      limits.append(
        word == "any" || word == "-1" ? nil : try number(String(word), after: line.word))
    }
    let arity = arity(of: term)
    guard limits.count == arity else {
      throw .operandCount(term.spelling, expected: arity, found: limits.count)
    }
    guard !grammar.operandLimits.contains(where: { $0.term == term }) else {
      throw .limitedTwice(term.spelling)
    }
    grammar.operandLimits.append(Grammar.OperandLimit(term: term, limits: limits))
  }

  /// The number of operands; 0 for constants and variables.
  func arity(of term: Grammar.Term) -> Int {
    switch term {
    case .operation(let operation): operation.arity
    case .custom(let name): grammar.definitions.first { $0.name == name }?.arity ?? 0
    }
  }

  /// What a name in a rule means.
  func term(
    _ name: String, isWanted: (Int) -> Bool = { _ in true }
  ) throws(GrammarError.Reason) -> Grammar.Term {
    let terms =
      grammar.definitions.map { Grammar.Term.custom($0.name) }
      + Operator.allCases.filter { $0 != .pi }.map { Grammar.Term.operation($0) }
    let candidates = terms.filter { isWanted(arity(of: $0)) }
    let found = candidates.first { term in
      if case .operation(let operation) = term, operation.notation.aliases.contains(name) {
        return true
      }
      return term.spelling == name
    }
    if let found { return found }
    let known = candidates.map(\.spelling)
    throw .unknownOperator(
      name, known: known, suggestion: Spelling.suggestion(for: name, among: known))
  }
}

extension StringProtocol {
  /// The text without white space at its ends.
  var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }

  /// Whether the text can be a name in a formula.
  var isName: Bool {
    guard let first, first.isASCII, first.isLetter || first == "_" else { return false }
    return allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }
}
