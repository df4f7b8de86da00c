/// Why a grammar cannot be used, and where.
public enum GrammarError: Error, Equatable, Sendable {
  /// No shipped grammar has the name.
  case unknownGrammar(String, known: [String], suggestion: String?)

  /// A line that makes no sense; `line` counts from 1.
  case invalid(file: String, line: Int, Reason)

  /// What can be wrong with a line.
  public enum Reason: Error, Equatable, Sendable {
    /// The line begins with no known word.
    case unknownWord(String, known: [String], suggestion: String?)

    /// A word that is no operator of the number of operands asked for.
    case unknownOperator(String, known: [String], suggestion: String?)

    /// Something else than a positive number.
    case notANumber(String, after: String)

    /// Nothing follows the word.
    case missing(after: String, expected: String)

    /// A nesting rule that does not read `nest sin: no cos` or `nest sin: cos <= 1`.
    case badNesting(String)

    /// A template that does not read `template u = X(x)*T(t)` or `template product over variables`.
    case badTemplate(String)

    /// The template's formula cannot be read.
    case template(ParseError)

    /// The whole file names no operator.
    case noOperators
  }
}

extension GrammarError: CustomStringConvertible {
  /// One sentence that says what was found, where, and what was expected.
  public var description: String {
    switch self {
    case .unknownGrammar(let name, let known, let suggestion):
      "there is no grammar '\(name)'" + Reason.hint(suggestion, known)
    case .invalid(let file, let line, let reason):
      "\(file):\(line): \(reason)"
    }
  }
}

extension GrammarError.Reason: CustomStringConvertible {
  /// The sentence without the place in the file.
  public var description: String {
    switch self {
    case .unknownWord(let word, let known, let suggestion):
      "unknown word '\(word)'" + Self.hint(suggestion, known)
    case .unknownOperator(let word, let known, let suggestion):
      "'\(word)' is no such operator" + Self.hint(suggestion, known)
    case .notANumber(let text, let word):
      "'\(word)' is followed by '\(text)', expected a positive whole number"
    case .missing(let word, let expected):
      "nothing follows '\(word)', expected \(expected)"
    case .badNesting(let text):
      "'\(text)' is no rule of nesting; expected 'nest sin: no sin cos' or 'nest exp: sin <= 1'"
    case .badTemplate(let text):
      "'\(text)' is no template; expected 'template u = X(x)*T(t)' or "
        + "'template product over variables'"
    case .template(let error):
      "the template's \(error)"
    case .noOperators:
      "the grammar names no operator; add a line such as 'binary + - * /'"
    }
  }

  fileprivate static func hint(_ suggestion: String?, _ known: [String]) -> String {
    suggestion.map { "; did you mean '\($0)'?" }
      ?? "; known are \(known.joined(separator: " "))"
  }
}
