/// Why a text is not a unit, and where.
public struct UnitError: Error, Equatable, Sendable {
  /// What was wrong.
  public enum Reason: Equatable, Sendable {
    /// There is nothing but white space.
    case empty
    /// A word that is no unit.
    case unknownUnit(String, suggestion: String?)
    /// Something stands where something else is needed.
    case unexpected(found: String, expected: String)
    /// A factor that is not a positive number.
    case invalidNumber(String)
    /// An exponent that no quantity has.
    case invalidExponent(String)
    /// More text than any unit needs.
    case tooLong(limit: Int)
  }

  /// What was wrong.
  public let reason: Reason

  /// The first offending character, counted from 1.
  public let column: Int

  /// The text that was read.
  public let text: String
}

extension UnitError: CustomStringConvertible {
  /// One sentence: where, what was found, and what was expected or probably meant.
  public var description: String { "unit '\(text)', column \(column): \(reason)" }
}

extension UnitError.Reason: CustomStringConvertible {
  /// The sentence without the place.
  public var description: String {
    switch self {
    case .empty: "found nothing, expected a unit such as 'kg m/s^2', or '1' for pure numbers"
    case .unknownUnit(let word, let suggestion):
      "'\(word)' is no unit; "
        + (suggestion.map { "did you mean '\($0)'?" }
          ?? "write SI symbols such as m, kg, s, A, K, mol, J or km")
    case .unexpected(let found, let expected): "found \(found), expected \(expected)"
    case .invalidNumber(let text): "'\(text)' is no positive number"
    case .invalidExponent(let text):
      "'\(text)' is no exponent; write a whole number or a fraction such as '^(1/2)'"
    case .tooLong(let limit): "longer than \(limit) characters"
    }
  }
}
