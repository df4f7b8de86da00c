/// Why a formula cannot be compiled.
public enum ProgramError: Error, Equatable, Sendable {
  /// The formula contains a name that is no input.
  case unknownName(String, inputs: [String])

  /// The formula has more constants than derivatives can be taken by.
  case tooManyConstants(limit: Int)

  /// The formula has more operators than a program can hold.
  case tooLong(limit: Int)
}

extension ProgramError: CustomStringConvertible {
  /// One sentence that says what was found and what was expected.
  public var description: String {
    switch self {
    case .unknownName(let name, let inputs):
      "the formula contains '\(name)', which is none of \(inputs.joined(separator: ", "))"
    case .tooManyConstants(let limit):
      "the formula has more than \(limit) constants to fit; fix some of them"
    case .tooLong(let limit):
      "the formula takes more than \(limit) instructions; split it"
    }
  }
}
