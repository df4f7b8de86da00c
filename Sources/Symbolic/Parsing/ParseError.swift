/// Why a text is not a formula, and where.
public struct ParseError: Error, Equatable, Sendable {
  /// What was wrong.
  public enum Reason: Equatable, Sendable {
    /// There is nothing but white space.
    case empty
    /// A character that no formula contains.
    case unexpectedCharacter(Character)
    /// Digits that do not make a number, such as `1.2.3`.
    case invalidNumber(String)
    /// Something stands where something else is needed.
    case unexpected(found: String, expected: String)
    /// A `(` that is never closed.
    case unclosedParenthesis
    /// A `)` without its `(`.
    case unmatchedParenthesis
    /// A call of something that is not a function.
    case unknownFunction(String, suggestion: String?)
    /// A name outside the names allowed here.
    case unknownName(String, suggestion: String?, allowed: [String])
    /// The name of a function without `(`.
    case missingArguments(function: String)
    /// A call with the wrong number of arguments.
    case argumentCount(function: String, expected: Int, found: Int)
    /// More nesting than any formula needs.
    case tooDeep(limit: Int)
    /// More text or more operators than any formula needs.
    case tooLong(limit: Int)
  }

  /// What was wrong.
  public let reason: Reason

  /// Where: the first offending character, counted from 1.
  public let column: Int

  /// The text that was read.
  public let text: String

  /// Creates an error at a column of a text.
  ///
  /// - Parameters:
  ///   - reason: What was wrong.
  ///   - column: The first offending character, counted from 1.
  ///   - text: The text that was read.
  public init(_ reason: Reason, column: Int, text: String) {
    self.reason = reason
    self.column = column
    self.text = text
  }

  /// The text, shortened around the error, and a caret below the offending character.
  public var excerpt: String {
    let characters = Array(text)
    let reach = 36
    let start = max(0, min(column - 1, characters.count) - reach)
    let end = min(characters.count, column - 1 + reach)
    let left = start > 0 ? "..." : ""
    let right = end < characters.count ? "..." : ""
    // White space other than a blank would push the caret away from its character.
    let shown = characters[start..<max(start, end)].map { $0.isWhitespace ? " " : $0 }
    let indent = String(repeating: " ", count: left.count + column - 1 - start)
    return left + String(shown) + right + "\n" + indent + "^"
  }
}

extension ParseError: CustomStringConvertible {
  /// One sentence: where, what was found, and what was expected or probably meant.
  public var description: String { "column \(column): \(reason)" }
}

extension ParseError.Reason: CustomStringConvertible {
  /// The sentence without the column.
  public var description: String {
    switch self {
    case .empty:
      "found no formula, expected one such as 'sin(pi*x)'"
    case .unexpectedCharacter(let character):
      "found '\(character)', which no formula contains"
    case .invalidNumber(let text):
      "'\(text)' is not a number, expected one such as 2, 0.5 or 1e-3"
    case .unexpected(let found, let expected):
      "found \(found), expected \(expected)"
    case .unclosedParenthesis:
      "'(' is never closed, add ')'"
    case .unmatchedParenthesis:
      "')' closes nothing, remove it or add '('"
    case .unknownFunction(let name, .some(let suggestion)):
      "unknown function '\(name)', did you mean '\(suggestion)'?"
    case .unknownFunction(let name, nil):
      "unknown function '\(name)', expected one such as sin, exp or sqrt; write * to multiply"
    case .unknownName(let name, .some(let suggestion), _):
      "unknown name '\(name)', did you mean '\(suggestion)'?"
    case .unknownName(let name, nil, let allowed):
      "unknown name '\(name)', expected "
        + (allowed.isEmpty ? "no names here" : "one of: " + allowed.joined(separator: ", "))
    case .missingArguments(let function):
      "'\(function)' is a function, write '\(function)(...)'"
    case .argumentCount(let function, let expected, let found):
      "'\(function)' takes \(expected) argument\(expected == 1 ? "" : "s"), found \(found)"
    case .tooDeep(let limit):
      "nested more than \(limit) levels deep, write the formula in a flatter form"
    case .tooLong(let limit):
      "longer than \(limit) characters, split the formula"
    }
  }
}
