public import RunStore
public import Symbolic

/// Why a distillation cannot start.
public enum DistillationError: StoreFailure, Equatable {
  /// The target is no unknown of the run.
  case noUnknown(String, found: [String], suggestion: String?)

  /// The target is no column of the table.
  case noColumn(String, path: String, found: [String], suggestion: String?)

  /// The file of a saved search is not one.
  case badState(path: String)

  /// The grammar is neither shipped nor a file.
  case noGrammar(String, shipped: [String], suggestion: String?)

  /// The table holds nothing that could be searched.
  case unsearchable(path: String, SearchError)

  /// A problem of several unknowns is to be solved without a network.
  case severalUnknowns([String])

  /// The kind of failure, for an exit code.
  public var kind: FailureKind {
    switch self {
    case .noUnknown, .noColumn, .badState, .unsearchable, .severalUnknowns: .malformed
    case .noGrammar: .notFound
    }
  }

  /// One sentence that says what was found, what was expected, and what to do about it.
  public var description: String {
    switch self {
    case .noUnknown(let name, let found, let suggestion):
      "the run has no unknown '\(name)'" + Self.hint(suggestion, found)
    case .noColumn(let name, let path, let found, let suggestion):
      "\(path): there is no column '\(name)'" + Self.hint(suggestion, found)
    case .badState(let path):
      "\(path): not a saved search, or a damaged one; search anew without --resume"
    case .noGrammar(let name, let shipped, let suggestion):
      "'\(name)' is neither a shipped grammar nor a file" + Self.hint(suggestion, shipped)
    case .severalUnknowns(let names):
      "the problem has \(names.count) unknowns, \(names.joined(separator: ", ")); without a network a "
        + "search solves for one: train the recipe and distil the run"
    case .unsearchable(let path, let error):
      "\(path): \(error)"
    }
  }

  private static func hint(_ suggestion: String?, _ found: [String]) -> String {
    suggestion.map { "; did you mean '\($0)'?" } ?? "; there are \(found.joined(separator: ", "))"
  }
}
