public import RunStore

/// What can stop a training.
public enum TrainingError: Error, Equatable, Sendable {
  /// The loss or its gradient is not finite.
  case diverged(step: Int, term: String?)

  /// An equation cannot be compiled.
  case invalidEquation(String)

  /// The recipe asks for a combination that cannot be trained.
  case unsupported(String)

  /// The table of measurements cannot be read.
  case measurements(TableError)

  /// The table of measurements lacks a column.
  case noColumn(String, path: String, found: [String])

  /// A row of a table cannot be used; rows count from 1.
  case badRow(Int, path: String, reason: String)

  /// The checkpoint was made from another recipe.
  case checkpointMismatch
}

extension TrainingError: CustomStringConvertible {
  /// One or two lines that say what happened, where, and what to do.
  public var description: String {
    switch self {
    case .diverged(let step, let term):
      "training diverged at step \(step): \(term ?? "the gradient") is not finite;\n"
        + "check the recipe's formulas for poles in the domain, or lower the learning rate"
    case .invalidEquation(let reason):
      reason
    case .unsupported(let reason):
      reason
    case .measurements(let error):
      error.description
    case .noColumn(let name, let path, let found):
      "\(path): there is no column '\(name)' for the recipe; found are "
        + found.joined(separator: ", ") + "; name a column '\(name)', or name another file of data"
    case .badRow(let row, let path, let reason):
      "\(path): row \(row) \(reason)"
    case .checkpointMismatch:
      "the checkpoint was made from another recipe or table of data;\n"
        + "resume with those, or start anew with --force"
    }
  }
}
