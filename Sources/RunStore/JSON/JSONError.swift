/// Why bytes are not a JSON document, and where.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The offset of the first byte that breaks the rules.
  public let offset: Int

  /// What is wrong there.
  public let problem: Problem

  /// Says what is wrong where.
  ///
  /// - Parameters:
  ///   - offset: The offset of the first byte that breaks the rules.
  ///   - problem: What is wrong there.
  public init(offset: Int, problem: Problem) {
    self.offset = offset
    self.problem = problem
  }

  /// The ways in which bytes fail to be JSON.
  public enum Problem: Sendable, Equatable {
    /// The document ends in the middle of a value.
    case unexpectedEnd

    /// A byte that cannot stand here; `expected` says what could.
    case unexpectedByte(UInt8, expected: String)

    /// A string is not UTF-8 or escapes half of a surrogate pair.
    case invalidText

    /// An object names a member twice.
    case duplicateMember(String)

    /// Arrays and objects are nested deeper than the limit.
    case tooDeep(limit: Int)
  }

  /// One sentence that says what was found and where.
  public var description: String {
    switch problem {
    case .unexpectedEnd:
      "the JSON text ends too early, at byte \(offset)"
    case .unexpectedByte(let byte, let expected):
      "byte \(offset) of the JSON text is \(Self.show(byte)) instead of \(expected)"
    case .invalidText:
      "the string at byte \(offset) of the JSON text is not valid UTF-8"
    case .duplicateMember(let name):
      "the JSON text names '\(name)' a second time at byte \(offset)"
    case .tooDeep(let limit):
      "the JSON text is nested deeper than \(limit) levels at byte \(offset)"
    }
  }

  private static func show(_ byte: UInt8) -> String {
    (0x21...0x7E).contains(byte)
      ? "'\(Character(UnicodeScalar(byte)))'" : "0x" + String(byte, radix: 16)
  }
}
