extension Grammar {
  /// How sub-functions make up a formula.
  public enum Template: Sendable, Equatable {
    /// A formula in which the placeholder of each call of a sub-function stands for its value.
    case formula(Expression, calls: [Call])

    /// The product of one function of each variable of the table.
    case productOverVariables
  }

  /// A call of an unknown function in a template, such as `f(x - c*t)`.
  public struct Call: Sendable, Equatable {
    /// The name of the function; calls of one name are calls of one function.
    public let function: String

    /// What the function is applied to: formulas in variables and parameters.
    public let arguments: [Expression]

    /// The name that stands for the value in the template's formula.
    public let placeholder: Symbol
  }
}

extension Grammar.Template {
  /// The names of the unknown functions, in the order of their first calls.
  public var functionNames: [String] {
    guard case .formula(_, let calls) = self else { return [] }
    var names: [String] = []
    for call in calls where !names.contains(call.function) { names.append(call.function) }
    return names
  }
}
