extension Grammar {
  /// Reads a grammar.
  ///
  /// - Parameters:
  ///   - text: The grammar's lines; see ``Grammar``.
  ///   - file: Its name in errors.
  /// - Throws: ``GrammarError/invalid(file:line:_:)``.
  public init(contentsOf text: String, file: String) throws(GrammarError) {
    self.init(name: file)
    var lastLine = 1
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let content = line.prefix { $0 != "#" }
      let words = content.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let word = words.first else { continue }
      lastLine = index + 1
      do {
        try read(word, Array(words.dropFirst()), line: String(content))
      } catch {
        throw .invalid(file: file, line: lastLine, error)
      }
    }
    if operators.isEmpty { throw .invalid(file: file, line: lastLine, .noOperators) }
  }

  private static let words = [
    "binary", "complexity", "maxdepth", "maxsize", "nest", "template", "unary",
  ]

  private mutating func read(
    _ word: String, _ rest: [String], line: String
  ) throws(GrammarError.Reason) {
    switch word {
    case "binary", "unary":
      let arity = word == "unary" ? 1 : 2
      guard !rest.isEmpty else { throw .missing(after: word, expected: "operators") }
      for name in rest {
        let operation = try Self.operation(name) { $0.arity == arity }
        if !operators.contains(operation) { operators.append(operation) }
      }
    case "complexity":
      guard let last = rest.last else {
        throw .missing(after: word, expected: "operators and a weight")
      }
      let weight = try Self.number(last, after: word)
      let names = rest.dropLast()
      if names.isEmpty {
        for operation in Operator.allCases { weights[operation] = weight }
      }
      for name in names { weights[try Self.operation(name) { _ in true }] = weight }
    case "maxsize":
      maximumComplexity = try Self.number(rest, after: word)
    case "maxdepth":
      maximumDepth = try Self.number(rest, after: word)
    case "nest":
      try readNesting(rest)
    case "template":
      template = try Self.template(rest, line: line)
    default:
      throw .unknownWord(
        word, known: Self.words, suggestion: Spelling.suggestion(for: word, among: Self.words))
    }
  }

  /// `sin: no sin cos`, or `exp: sin <= 1`.
  private mutating func readNesting(_ rest: [String]) throws(GrammarError.Reason) {
    let text = rest.joined(separator: " ")
    guard let first = rest.first, first.hasSuffix(":"), rest.count >= 3 else {
      throw .badNesting(text)
    }
    let outer = try Self.operation(String(first.dropLast())) { _ in true }
    if rest[1] == "no" {
      for name in rest[2...] {
        let inner = try Self.operation(name) { _ in true }
        nesting.append(NestingRule(outer: outer, inner: inner, limit: 0))
      }
    } else if rest.count == 4, rest[2] == "<=", let limit = Int(rest[3]), limit >= 0 {
      let inner = try Self.operation(rest[1]) { _ in true }
      nesting.append(NestingRule(outer: outer, inner: inner, limit: limit))
    } else {
      throw .badNesting(text)
    }
  }

  private static func operation(
    _ name: String, where isWanted: (Operator) -> Bool
  ) throws(GrammarError.Reason) -> Operator {
    let candidates = Operator.allCases.filter { isWanted($0) && $0 != .pi }
    func word(_ operation: Operator) -> String {
      switch operation {
      case .constant: "constant"
      case .symbol: "variable"
      default: operation.notation.spelling
      }
    }
    let found = candidates.first {
      word($0) == name || $0.notation.aliases.contains(name)
    }
    guard let found else {
      let known = candidates.map { word($0) }
      throw .unknownOperator(
        name, known: known, suggestion: Spelling.suggestion(for: name, among: known))
    }
    return found
  }

  private static func number(
    _ words: [String], after word: String
  ) throws(GrammarError.Reason) -> Int {
    guard let text = words.first else { throw .missing(after: word, expected: "a number") }
    guard words.count == 1 else {
      throw .notANumber(words.joined(separator: " "), after: word)
    }
    return try number(text, after: word)
  }

  private static func number(
    _ text: String, after word: String
  ) throws(GrammarError.Reason) -> Int {
    guard let number = Int(text), (1...10_000).contains(number) else {
      throw .notANumber(text, after: word)
    }
    return number
  }

  /// `product over variables`, or `u = X(x)*T(t)`.
  private static func template(
    _ words: [String], line: String
  ) throws(GrammarError.Reason) -> Template {
    if words == ["product", "over", "variables"] { return .productOverVariables }
    guard let equals = line.firstIndex(of: "=") else {
      throw .badTemplate(words.joined(separator: " "))
    }
    var functions: [SubFunction] = []
    let text = try replacingCalls(String(line[line.index(after: equals)...]), &functions)
    guard !functions.isEmpty else { throw .badTemplate(words.joined(separator: " ")) }
    do {
      return .formula(try Expression(parsing: text), functions: functions)
    } catch {
      throw .template(error)
    }
  }

  /// The text with each call of an unknown function, such as `X(x, t)`, replaced by its name.
  private static func replacingCalls(
    _ text: String, _ functions: inout [SubFunction]
  ) throws(GrammarError.Reason) -> String {
    var result = ""
    var rest = text[...]
    while let first = rest.first {
      guard first.isLetter || first == "_" else {
        result.append(first)
        rest.removeFirst()
        continue
      }
      let name = String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
      rest.removeFirst(name.count)
      result += name
      guard rest.first == "(", Operator.function(named: name) == nil else { continue }
      guard let end = rest.firstIndex(of: ")") else { throw .badTemplate(text) }
      let arguments = rest[rest.index(after: rest.startIndex)..<end].split(separator: ",").map {
        $0.filter { !$0.isWhitespace }
      }
      let function = SubFunction(name: name, arguments: arguments)
      guard !arguments.isEmpty,
        functions.allSatisfy({ $0.name != name || $0 == function })
      else { throw .badTemplate(text) }
      if !functions.contains(function) { functions.append(function) }
      rest = rest[rest.index(after: end)...]
    }
    return result
  }
}
