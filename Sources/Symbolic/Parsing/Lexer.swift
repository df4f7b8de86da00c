/// A word of a formula and where it begins.
struct Token: Equatable {
  enum Kind: Equatable {
    case number(Double)
    case name(String)
    case infix(Operator)
    case open
    case close
    case comma
    case end
  }

  let kind: Kind

  /// The first character, counted from 1.
  let column: Int

  /// How an error names the word.
  var shown: String {
    switch kind {
    case .number(let value): "the number \(Expression(value))"
    case .name(let name): "'\(name)'"
    case .infix(let operation): "'\(operation.notation.spelling)'"
    case .open: "'('"
    case .close: "')'"
    case .comma: "','"
    case .end: "the end"
    }
  }
}

/// Cuts the text of a formula into words.
struct Lexer {
  private let text: String
  private let characters: [Character]
  private var position = 0

  init(_ text: String) {
    self.text = text
    characters = Array(text)
  }

  /// All words, the last one being ``Token/Kind/end``.
  static func tokens(of text: String) throws(ParseError) -> [Token] {
    var lexer = Lexer(text)
    var tokens: [Token] = []
    repeat {
      tokens.append(try lexer.next())
    } while tokens.last?.kind != .end
    return tokens
  }

  private var current: Character? {
    position < characters.count ? characters[position] : nil
  }

  private mutating func next() throws(ParseError) -> Token {
    while let character = current, character.isWhitespace { position += 1 }
    let start = position
    let column = start + 1
    guard let character = current else { return Token(kind: .end, column: column) }
    let isPoint = character == "." && position + 1 < characters.count
    if Lexer.isDigit(character) || isPoint && Lexer.isDigit(characters[position + 1]) {
      return Token(kind: .number(try number()), column: column)
    }
    if Lexer.startsName(character) {
      while let character = current, Lexer.startsName(character) || Lexer.isDigit(character) {
        position += 1
      }
      return Token(kind: .name(String(characters[start..<position])), column: column)
    }
    position += 1
    let kind: Token.Kind
    switch character {
    case "+": kind = .infix(.add)
    case "-": kind = .infix(.subtract)
    case "*" where current == "*":
      position += 1
      kind = .infix(.power)
    case "*": kind = .infix(.multiply)
    case "/": kind = .infix(.divide)
    case "^": kind = .infix(.power)
    case "(": kind = .open
    case ")": kind = .close
    case ",": kind = .comma
    default: throw ParseError(.unexpectedCharacter(character), column: column, text: text)
    }
    return Token(kind: kind, column: column)
  }

  /// Digits with at most one point and one exponent.
  private mutating func number() throws(ParseError) -> Double {
    let start = position
    while let character = current, Lexer.isDigit(character) || character == "." { position += 1 }
    if let character = current, character == "e" || character == "E" {
      var end = position + 1
      if end < characters.count, characters[end] == "+" || characters[end] == "-" { end += 1 }
      // `2e` is left for the caller to reject; `2exp(x)` must not become a broken exponent.
      if end < characters.count, Lexer.isDigit(characters[end]) {
        while end < characters.count, Lexer.isDigit(characters[end]) { end += 1 }
        position = end
      }
    }
    let digits = String(characters[start..<position])
    guard let value = Double(digits), value.isFinite else {
      throw ParseError(.invalidNumber(digits), column: start + 1, text: text)
    }
    return value
  }

  private static func isDigit(_ character: Character) -> Bool {
    character >= "0" && character <= "9" && character.isASCII
  }

  private static func startsName(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character == "_")
  }
}
