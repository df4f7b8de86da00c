package import Limbeck

/// Why a file of problems cannot be used, and where.
package enum ProblemFileError: Error, Equatable, Sendable {
  /// There is neither a shipped file nor a file of that name.
  case unknownFile(String, shipped: [String], suggestion: String?)

  /// A problem was asked for by an id that no file has.
  case unknownProblem(String, suggestion: String?)

  /// A line that makes no sense; `line` counts from 1.
  case invalid(file: String, line: Int, Reason)

  /// What can be wrong with a line.
  package enum Reason: Error, Equatable, Sendable {
    /// Neither a source, a problem, a formula, a range nor a setting.
    case unreadable(String)

    /// There is no problem in the file.
    case empty

    /// A line that belongs to a problem stands before the first.
    case noProblem

    /// Two problems have one id.
    case repeated(String)

    /// A formula or a bound that does not parse.
    case formula(ParseError)

    /// A bound that contains a name.
    case notANumber(String)

    /// The upper bound is not above the lower one, or a logarithmic range is not positive.
    case badRange(String)

    /// The problem ends without a formula.
    case noFormula(id: String)

    /// The problem ends without a range for a variable.
    case noRange(id: String)

    /// A system has another number of equations than of variables.
    case badSystem(id: String)
  }
}

extension ProblemFileError: CustomStringConvertible {
  /// One sentence that says what was found, where, and what was expected.
  package var description: String {
    switch self {
    case .unknownFile(let name, let shipped, let suggestion):
      "'\(name)' is neither a shipped set of problems nor a file"
        + (suggestion.map { "; did you mean '\($0)'?" }
          ?? "; shipped are \(shipped.joined(separator: ", "))")
    case .unknownProblem(let id, let suggestion):
      "there is no problem '\(id)'" + (suggestion.map { "; did you mean '\($0)'?" } ?? "")
    case .invalid(let file, let line, let reason):
      "\(file):\(line): \(reason)"
    }
  }
}

extension ProblemFileError.Reason: CustomStringConvertible {
  /// The sentence without the place in the file.
  package var description: String {
    switch self {
    case .unreadable(let text):
      "'\(text)' is no line of a problem; expected one such as '[id] title', 'f = x^2', "
        + "'x in [0, 1]' or 'rows 20'"
    case .empty:
      "the file states no problem; expected lines such as '[id] title', 'f = x^2', 'x in [0, 1]'"
    case .noProblem:
      "a line before the first problem; begin one with '[id] title'"
    case .repeated(let id):
      "there is a problem '\(id)' already; choose another id"
    case .formula(let error):
      "\(error)"
    case .notANumber(let text):
      "'\(text)' is not a number; expected one such as 2, -0.5 or 2*pi"
    case .badRange(let text):
      "'\(text)' is no range; the upper bound must be above the lower one, and a logarithmic range "
        + "must be positive"
    case .noFormula(let id):
      "the problem '\(id)' has no formula; add a line such as 'f = x^2'"
    case .noRange(let id):
      "the problem '\(id)' has no variable; add a line such as 'x in [0, 1]'"
    case .badSystem(let id):
      "the system '\(id)' needs one line such as \"x' = -x\" for each variable, in their order, and "
        + "'trajectories 4 until 10 step 0.1'"
    }
  }
}
