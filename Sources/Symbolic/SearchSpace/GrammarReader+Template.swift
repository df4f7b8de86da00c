extension GrammarReader {
  /// `parameters c d`, `parameter c[3]`, or `parameter p by category`.
  mutating func readParameters(_ line: Line) throws(GrammarError.Reason) {
    var words = line.rest
    var category: String?
    if let by = words.firstIndex(of: "by") {
      guard by == words.count - 2, by > 0 else {
        throw .badParameters(words.joined(separator: " "))
      }
      category = words[by + 1]
      words.removeLast(2)
    }
    guard !words.isEmpty else {
      throw .missing(after: line.word, expected: "the names of constants")
    }
    for word in words {
      var name = word
      var count = 1
      if let open = word.firstIndex(of: "["), word.hasSuffix("]") {
        name = String(word[..<open])
        count = try number(String(word[word.index(after: open)...].dropLast()), after: name)
      }
      guard name.isName else { throw .badParameters(word) }
      guard !grammar.parameters.contains(where: { $0.name == name }) else {
        throw .definedTwice(name)
      }
      grammar.parameters.append(
        Grammar.Parameter(name: name, count: count, category: category))
    }
  }

  /// `product over variables`, or `u = f(x - c*t)`.
  mutating func readTemplate(_ line: Line) throws(GrammarError.Reason) {
    if line.rest == ["product", "over", "variables"] {
      grammar.template = .productOverVariables
      return
    }
    let text = line.text.trimmed
    guard let equals = text.firstIndex(of: "=") else { throw .badTemplate(text) }
    var scope = scope
    scope.keepsUnknown = true
    var parser = ExpressionParser(
      text: try namingElements(text[text.index(after: equals)...].trimmed), allowed: nil,
      scope: scope)
    let formula: Expression
    do {
      formula = try parser.parse()
    } catch {
      throw .template(error)
    }
    let calls = parser.scope.calls
    guard !calls.isEmpty else { throw .badTemplate(text) }
    for call in calls {
      for other in calls where other.function == call.function {
        guard other.arguments.count == call.arguments.count else {
          throw .operandCount(
            call.function, expected: call.arguments.count, found: other.arguments.count)
        }
      }
      let names = call.arguments.flatMap(\.symbols)
      if let inner = calls.first(where: { names.contains($0.placeholder) }) {
        throw .nestedCall(outer: call.function, inner: inner.function)
      }
    }
    grammar.template = .formula(formula, calls: calls)
  }

  /// The text with `c[2]` written as `c_2`, the name of that constant, and `a[group]` as `a`, the parameter
  /// that has a value for each category of the column `group`.
  private func namingElements(_ text: String) throws(GrammarError.Reason) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "[") {
      let before = rest[..<open]
      let name = String(
        before.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed())
      guard let close = rest[open...].firstIndex(of: "]"),
        let parameter = grammar.parameters.first(where: { $0.name == name })
      else { throw .badTemplate(text) }
      let index = String(rest[rest.index(after: open)..<close])
      if parameter.category == index.trimmed {
        result += before
        rest = rest[rest.index(after: close)...]
        continue
      }
      guard let number = Int(index), (1...parameter.count).contains(number) else {
        throw .noElement(name, index: index, count: parameter.count)
      }
      result += before + (parameter.count == 1 ? "" : "_\(number)")
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  /// `units x: m`.
  mutating func readUnits(_ line: Line) throws(GrammarError.Reason) {
    let text = line.text.trimmed
    guard let colon = text.firstIndex(of: ":") else { throw .badUnits(text) }
    let name = text[..<colon].trimmed
    guard !name.isEmpty else { throw .badUnits(text) }
    guard grammar.units[Symbol(name)] == nil else { throw .definedTwice(name) }
    do {
      grammar.units[Symbol(name)] = try Unit(parsing: text[text.index(after: colon)...].trimmed)
    } catch {
      throw .unit(error)
    }
  }

  /// `dimensional strict`, `dimensional penalised 10`, or `dimensionless constants`.
  mutating func readDimensionalRule(_ line: Line) throws(GrammarError.Reason) {
    switch (line.word, line.rest.first, line.rest.count) {
    case ("dimensionless", "constants", 1):
      grammar.hasDimensionlessConstants = true
    case ("dimensional", "strict", 1):
      grammar.dimensionalRule = .strict
    case ("dimensional", "penalised", 1), ("dimensional", "penalized", 1):
      grammar.dimensionalRule = .penalised(1)
    case ("dimensional", "penalised", 2), ("dimensional", "penalized", 2):
      guard let factor = Double(line.rest[1]), factor > 0, factor.isFinite else {
        throw .badNumber(line.rest[1], after: line.rest[0], expected: "a positive number")
      }
      grammar.dimensionalRule = .penalised(factor)
    default:
      throw .badDimensionalRule(([line.word] + line.rest).joined(separator: " "))
    }
  }
}
