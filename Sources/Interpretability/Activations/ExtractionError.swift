public import RunStore

/// Why activations cannot be taken from a network.
public enum ExtractionError: StoreFailure, Equatable {
  /// The network has no site of a name.
  case noSite(String, known: [String])

  /// A grid would have more points than any disk holds.
  case tooManyPoints(side: Int, dimension: Int)

  /// No point of a grid lies in the domain.
  case noPoints(side: Int)

  /// None of a number of scattered points lies in the domain.
  case nowhere(points: Int)

  /// Rows of a table are asked for, and the problem has none.
  case noTable

  /// A part of a table is asked for that the recipe does not cut.
  case noSplit(TablePart)

  /// A table, or a part of it, has no rows.
  case noRows(TablePart, path: String)

  /// What was asked for does not fit the network or the problem.
  public var kind: FailureKind { .malformed }

  /// What was found, and what to do.
  public var description: String {
    switch self {
    case .noSite(let name, let known):
      "the network has no layer '\(name)'; it has " + known.joined(separator: ", ")
    case .tooManyPoints(let side, let dimension):
      "a grid of \(side) points along each of \(dimension) variables is too large; use fewer points"
    case .noPoints(let side):
      "no point of a grid of \(side) points along each variable lies in the domain; use more points"
    case .nowhere(let points):
      "none of \(points) scattered points lies in the domain; use more points"
    case .noTable:
      "the run's recipe has no table ('data') whose rows could be taken"
    case .noSplit(let part):
      "the run's recipe does not cut its table ('split'), so there are no \(part.rawValue) rows; "
        + "take all"
    case .noRows(let part, let path):
      "\(path): no \(part == .all ? "" : part.rawValue + " ")rows to take"
    }
  }
}
