/// Why activations cannot be trained on.
public enum ActivationSourceError: Error, Sendable, Equatable {
  /// There are no rows, or rows without columns.
  case empty(rows: Int, width: Int)

  /// The rows to decode are not as many as those to encode.
  case differentCounts(inputs: Int, targets: Int)

  /// A number that is NaN or infinite.
  case notFinite(row: Int, column: Int, value: Float)

  /// A file could not be read on.
  case unreadable(description: String)
}

extension ActivationSourceError: CustomStringConvertible {
  /// One sentence that says what was found and what was expected.
  public var description: String {
    switch self {
    case .empty(let rows, let width):
      "the activations have \(rows) rows of \(width) columns; there must be at least one of each"
    case .differentCounts(let inputs, let targets):
      "\(inputs) rows to encode but \(targets) to decode; a transcoder needs pairs of rows"
    case .notFinite(let row, let column, let value):
      "row \(row), column \(column) of the activations is \(value); remove or repair such rows first"
    case .unreadable(let description):
      description
    }
  }
}
