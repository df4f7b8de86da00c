extension Vocabulary {
  /// A grammar made ready for a table.
  ///
  /// - Parameters:
  ///   - grammar: The grammar.
  ///   - table: The table.
  /// - Throws: ``SearchError`` if the template does not fit the table, a rule is about a column that it
  ///   does not have, or nothing is left to search.
  package init(_ grammar: Grammar, table: SearchTable) throws(SearchError) {
    let variables = table.variables
    try grammar.loss?.check(table)
    var parts: [Part] = []
    var template: [Gene]?
    switch grammar.template {
    case .formula(let expression, let calls):
      for call in calls {
        var columns: [Int] = []
        for argument in call.arguments {
          guard let symbol = argument.symbolValue else {
            throw .notSearched("the argument '\(argument)' of '\(call.function)'")
          }
          guard let column = variables.firstIndex(of: symbol) else {
            throw .unknownVariable(name: symbol.name, columns: variables.map(\.name))
          }
          columns.append(column)
        }
        guard parts.allSatisfy({ $0.name != call.function }) else {
          throw .notSearched("the second call of '\(call.function)'")
        }
        parts.append(Part(name: call.function, columns: columns))
      }
      template = try Self.template(expression, parts: parts, variables: variables)
    case .productOverVariables where variables.count > 1:
      // Names that no column can have.
      parts = variables.indices.map { Part(name: "factor \($0)", columns: [$0]) }
      let product = parts.dropFirst().reduce(Expression(Symbol(parts[0].name))) {
        $0 * Expression(Symbol($1.name))
      }
      template = try Self.template(product, parts: parts, variables: variables)
    case .productOverVariables, nil:
      break
    }
    var nesting: [NestingLimit] = []
    for rule in grammar.nesting {
      guard let outer = grammar.kind(of: rule.outer), let inner = grammar.kind(of: rule.inner)
      else {
        continue
      }
      nesting.append(NestingLimit(outer: outer, inner: inner, count: rule.limit))
    }
    try self.init(
      variables: variables, operators: grammar.operators, weights: grammar.weights,
      nesting: nesting,
      maximumComplexity: grammar.maximumComplexity, maximumDepth: grammar.maximumDepth,
      parts: parts, template: template, outer: grammar.outerOperators,
      functions: grammar.customOperators.map {
        (DefinedFunction($0), grammar.customWeights[$0.name] ?? 1)
      },
      rules: grammar.hasRules ? try CandidateRules(grammar, table: table) : nil,
      loss: grammar.loss ?? .l2, warmup: grammar.warmup)
  }
}

extension Grammar {
  /// Whether candidates must be looked at one by one for more than their operators, size and nesting.
  fileprivate var hasRules: Bool {
    !(variableWeights.isEmpty && customOperatorNames.isEmpty && operandLimits.isEmpty
      && units.isEmpty)
  }

  /// The place of a term in tables; nil for a function that formulas do not call.
  func kind(of term: Term) -> Kind? {
    switch term {
    case .operation(let operation): Kind(operation)
    case .custom(let name):
      customOperators.firstIndex { $0.name == name }.map { Kind(function: $0) }
    }
  }
}

extension IslandSearch {
  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - table: What to explain.
  ///   - grammar: What formulas are made of.
  ///   - options: How to go about it.
  ///   - seed: Where all random draws come from.
  /// - Throws: ``SearchError`` if the grammar's template does not fit the table.
  public convenience init(
    _ table: SearchTable, grammar: Grammar, options: SearchOptions = SearchOptions(), seed: Int
  ) throws(SearchError) {
    let vocabulary = try Vocabulary(grammar, table: table)
    try vocabulary.check(options.guesses, on: table)
    self.init(
      table, vocabulary: vocabulary, options: options, seed: UInt64(bitPattern: Int64(seed)))
  }

  /// Takes up a saved search.
  ///
  /// - Parameters:
  ///   - table: The table it was started with.
  ///   - grammar: The grammar it was started with.
  ///   - state: Where it was.
  /// - Throws: ``SearchError/stateMismatch(what:)`` if the table or the grammar is another one.
  public convenience init(
    _ table: SearchTable, grammar: Grammar, resuming state: SearchState
  ) throws(SearchError) {
    try self.init(
      table, vocabulary: try Vocabulary(grammar, table: table), resuming: state)
  }
}
