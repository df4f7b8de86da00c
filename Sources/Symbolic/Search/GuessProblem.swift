/// Why a formula that a search is to start from cannot be used.
public enum GuessProblem: Equatable, Sendable {
  /// It contains a name that is no column.
  case unknownColumn(String, columns: [String])

  /// The grammar cannot write one of its operators.
  case unwritable(String)

  /// It is longer, deeper or otherwise nested than the grammar allows.
  case beyondLimits(complexity: Int, limit: Int)

  /// It has no finite value on a row, counted from 1.
  case undefined(row: Int)

  /// It contains no column.
  case constant

  /// The grammar has a template, of which guesses would have to be taken apart.
  case template
}

extension GuessProblem: CustomStringConvertible {
  /// What was found and what to do about it; follows the words `the guess '…'`.
  public var description: String {
    switch self {
    case .unknownColumn(let name, let columns):
      let suggestion = Spelling.suggestion(for: name, among: columns)
      return "uses '\(name)', which is no column"
        + (suggestion.map { "; did you mean '\($0)'?" }
          ?? "; there are \(columns.joined(separator: ", "))")
    case .unwritable(let name):
      return "uses '\(name)', which the grammar lacks; allow it there or leave the guess out"
    case .beyondLimits(let complexity, let limit):
      return complexity > limit
        ? "has complexity \(complexity) where the grammar allows \(limit); raise maxsize"
        : "breaks the grammar's rules of depth, nesting or operands; relax them or change the guess"
    case .undefined(let row):
      return "has no finite value at row \(row); change its constants or leave the guess out"
    case .constant:
      return "contains no column; a mean is where every search starts"
    case .template:
      return
        "cannot be taken apart into the functions of the grammar's template; leave one of them out"
    }
  }
}
