/// Reads the lines of a grammar.
///
/// Definitions and parameters are read first, so that the order of lines does not matter.
struct GrammarReader {
  /// A line that says something.
  struct Line {
    let number: Int

    /// The first word.
    let word: String

    /// The other words.
    let rest: [String]

    /// Everything after the first word, without the comment.
    let text: String
  }

  /// The words a line may begin with.
  static let words = [
    "binary", "complexity", "constraint", "define", "dimensional", "dimensionless", "loss",
    "maxdepth", "maxsize", "nest", "outer", "parameter", "parameters", "template", "unary",
    "units", "warmup",
  ]

  var grammar: Grammar

  /// Where settings that may be given once were given.
  private var settings: [String: Int] = [:]

  /// Operators that rules speak of, and the lines; the grammar must use them.
  var mentions: [(term: Grammar.Term, line: Line)] = []

  init(grammar: Grammar) {
    self.grammar = grammar
  }

  /// The functions that may be called in definitions and templates.
  var scope: FunctionScope {
    var scope = FunctionScope()
    for definition in grammar.definitions { scope.definitions[definition.name] = definition }
    return scope
  }

  /// Reads a whole file.
  static func read(_ text: String, file: String) throws(GrammarError) -> Grammar {
    let lines = lines(of: text)
    var reader = GrammarReader(grammar: Grammar(name: file))
    let declarations = ["define", "parameter", "parameters"]
    for isDeclaration in [true, false] {
      for line in lines where declarations.contains(line.word) == isDeclaration {
        do {
          try reader.read(line)
        } catch {
          throw .invalid(file: file, line: line.number, error)
        }
      }
    }
    if let (line, reason) = reader.contradiction(lines) {
      throw .invalid(file: file, line: line, reason)
    }
    return reader.grammar
  }

  static func lines(of text: String) -> [Line] {
    // Lines of files from elsewhere may end in a carriage return and a line feed.
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
      .compactMap { index, line in
        let content = line.prefix { $0 != "#" }
        let words = content.split(whereSeparator: \.isWhitespace)
        guard let word = words.first else { return nil }
        return Line(
          number: index + 1, word: String(word), rest: words.dropFirst().map(String.init),
          text: String(content[word.endIndex...]))
      }
  }

  mutating func read(_ line: Line) throws(GrammarError.Reason) {
    switch line.word {
    case "binary", "outer", "unary": try readOperators(line)
    case "define": try readDefinition(line)
    case "complexity": try readComplexity(line)
    case "constraint": try readOperandLimit(line)
    case "nest": try readNesting(line)
    case "parameter", "parameters": try readParameters(line)
    case "template":
      try setOnce(line)
      try readTemplate(line)
    case "units": try readUnits(line)
    case "dimensional", "dimensionless":
      try setOnce(line)
      try readDimensionalRule(line)
    case "maxsize":
      try setOnce(line)
      grammar.maximumComplexity = try number(line)
    case "maxdepth":
      try setOnce(line)
      grammar.maximumDepth = try number(line)
    case "warmup":
      try setOnce(line)
      guard let text = line.rest.first else {
        throw .missing(after: line.word, expected: "a part of the search such as 0.1")
      }
      guard line.rest.count == 1, let part = Double(text), (0...1).contains(part) else {
        throw .badNumber(
          line.rest.joined(separator: " "), after: line.word, expected: "a number from 0 to 1")
      }
      grammar.warmup = part
    case "loss":
      try setOnce(line)
      grammar.loss = try Loss(reading: line.text.trimmed)
    default:
      throw .unknownWord(
        line.word, known: Self.words,
        suggestion: Spelling.suggestion(for: line.word, among: Self.words))
    }
  }

  /// Two values of one setting contradict each other.
  private mutating func setOnce(_ line: Line) throws(GrammarError.Reason) {
    if let first = settings[line.word] { throw .repeated(line.word, first: first) }
    settings[line.word] = line.number
  }

  /// The whole number that is all that follows a word.
  func number(_ line: Line) throws(GrammarError.Reason) -> Int {
    guard let text = line.rest.first else {
      throw .missing(after: line.word, expected: "a number")
    }
    guard line.rest.count == 1 else {
      throw .notANumber(line.rest.joined(separator: " "), after: line.word)
    }
    return try number(text, after: line.word)
  }

  /// A positive whole number.
  func number(_ text: String, after word: String) throws(GrammarError.Reason) -> Int {
    guard let number = Int(text), (1...10_000).contains(number) else {
      throw .notANumber(text, after: word)
    }
    return number
  }
}

extension Grammar {
  /// Reads a grammar.
  ///
  /// - Parameters:
  ///   - text: The grammar's lines; see ``Grammar``.
  ///   - file: Its name in errors.
  /// - Throws: ``GrammarError/invalid(file:line:_:)``.
  public init(contentsOf text: String, file: String) throws(GrammarError) {
    self = try GrammarReader.read(text, file: file)
  }
}
