/// What is odd about a problem that can be trained all the same.
public enum RecipeWarning: Sendable, Equatable, CustomStringConvertible {
  /// Fewer conditions than the order of the equations asks for.
  case fewConditions(unknown: String, variable: String, order: Int, found: Int)

  /// No condition and no measurement says anything of an unknown.
  case unknownWithoutCondition(String)

  /// Two conditions ask for different values where they meet.
  case contradiction(first: Int, second: Int, place: String, values: [Double])

  /// What was found, and what to look at.
  public var description: String {
    switch self {
    case .fewConditions(let unknown, let variable, let order, let found):
      "the equations have derivatives of '\(unknown)' by '\(variable)' up to order \(order), but "
        + "\(found == 0 ? "no condition fixes" : "only \(found) of \(order) conditions fix") "
        + "'\(variable)'; the solution may not be unique"
    case .unknownWithoutCondition(let unknown):
      "no condition contains '\(unknown)'; the solution may not be unique"
    case .contradiction(let first, let second, let place, let values):
      "conditions \(first) and \(second) contradict each other at \(place): "
        + values.map(\.description).joined(separator: " and ")
        + "; correct one of them, a training can meet only one there"
    }
  }
}
