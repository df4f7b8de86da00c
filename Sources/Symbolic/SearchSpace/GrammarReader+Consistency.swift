extension GrammarReader {
  /// What makes the grammar useless although each line makes sense, and the line to blame.
  ///
  /// - Parameter lines: All lines of the grammar.
  /// - Returns: The first contradiction; nil if formulas can be derived.
  func contradiction(_ lines: [Line]) -> (line: Int, GrammarError.Reason)? {
    let last = lines.last?.number ?? 1
    func line(_ words: String...) -> Int {
      lines.last { words.contains($0.word) }?.number ?? last
    }
    if grammar.operators.isEmpty && grammar.customOperatorNames.isEmpty {
      return (last, .noOperators)
    }
    for mention in mentions where !isUsed(mention.term) {
      return (mention.line.number, .notUsed(mention.term.spelling, rule: mention.line.word))
    }
    if grammar.maximumDepth < 2 { return (line("maxdepth"), .tooShallow) }
    for limit in grammar.operandLimits {
      guard limit.limits.contains(where: { $0.map { $0 < lightestLeaf } ?? false }) else {
        continue
      }
      return (
        line("constraint"), .noOperand(limit.term.spelling, lightest: lightestLeaf)
      )
    }
    if let smallest = smallestFormula, smallest.weight > grammar.maximumComplexity {
      return (
        line("maxsize", "complexity"),
        .noFormula(
          smallest.term.spelling, complexity: smallest.weight, limit: grammar.maximumComplexity)
      )
    }
    if let name = unusedParameter { return (line("parameter", "parameters"), .unused(name)) }
    if grammar.units.isEmpty, let rule = lines.last(where: { $0.word.hasPrefix("dimension") }) {
      return (rule.number, .noUnits)
    }
    return nil
  }

  func isUsed(_ term: Grammar.Term) -> Bool {
    switch term {
    case .operation(let operation):
      operation.arity == 0 || grammar.operators.contains(operation)
        || grammar.outerOperators.contains(operation)
    case .custom(let name): grammar.customOperatorNames.contains(name)
    }
  }

  /// The complexity of the lightest constant or variable.
  private var lightestLeaf: Int {
    let leaves = [grammar.weights[.constant] ?? 1, grammar.weights[.symbol] ?? 1]
    return (leaves + grammar.variableWeights.values).min() ?? 1
  }

  /// The lightest formula that has an operator.
  private var smallestFormula: (term: Grammar.Term, weight: Int)? {
    let terms =
      grammar.operators.map { Grammar.Term.operation($0) }
      + grammar.customOperatorNames.map { Grammar.Term.custom($0) }
    return terms.map { term in
      let own =
        switch term {
        case .operation(let operation): grammar.weights[operation] ?? 1
        case .custom(let name): grammar.customWeights[name] ?? 1
        }
      return (term, own + arity(of: term) * lightestLeaf)
    }.min { $0.1 < $1.1 }
  }

  /// A parameter that the template does not mention.
  private var unusedParameter: String? {
    var used: Set<Symbol> = []
    if case .formula(let formula, let calls) = grammar.template {
      used = Set(formula.symbols + calls.flatMap { $0.arguments.flatMap(\.symbols) })
    }
    for parameter in grammar.parameters {
      for symbol in parameter.symbols where !used.contains(symbol) { return symbol.name }
    }
    return nil
  }
}
