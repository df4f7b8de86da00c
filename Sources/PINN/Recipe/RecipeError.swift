public import RunStore
public import Symbolic

/// Why a recipe cannot be used, and where.
public enum RecipeError: StoreFailure, Equatable {
  /// The file system refused.
  case file(FileError)

  /// The text is not a usable recipe; `line` counts from 1.
  case invalid(path: String, line: Int, reason: Reason)

  /// What can be wrong with a recipe.
  public enum Reason: Sendable, Equatable {
    /// The text is not UTF-8 or not YAML.
    case notYAML(String)

    /// Keys that occur twice in one map.
    case duplicateKeys([String])

    /// The text holds nothing.
    case empty

    /// A key that this place does not have.
    case unknownKey(String, place: String, suggestion: String?, known: [String])

    /// A key that this place must have.
    case missingKey(String, place: String)

    /// A key that has no meaning for the kind of network.
    case unusedKey(place: String, kind: String, users: [String])

    /// Another type than the key has.
    case wrongType(place: String, found: String, expected: String)

    /// A value outside what makes sense.
    case outOfRange(place: String, found: String, expected: String)

    /// None of the words that the key takes.
    case unknownChoice(place: String, found: String, suggestion: String?, known: [String])

    /// A name that formulas could not contain, or would take for something else.
    case invalidName(String, why: String)

    /// One name for two things.
    case duplicateName(String)

    /// An interval whose ends are equal or in the wrong order.
    case emptyInterval(variable: String, lower: Double, upper: Double)

    /// A formula that cannot be read.
    case formula(place: String, ParseError)

    /// A derivative by something that is not a variable.
    case derivativeByNoVariable(place: String, name: String, suffix: String, variables: [String])

    /// A derivative that can be read in two ways.
    case ambiguousDerivative(place: String, name: String)

    /// A derivative of too high an order.
    case derivativeOrder(place: String, name: String, order: Int)

    /// An equation or condition in which no unknown occurs.
    case noUnknown(place: String, unknowns: [String])

    /// A condition's location that is not of the form `variable = value`.
    case invalidLocation(place: String, found: String)

    /// A condition's location that is outside the intervals of the variables.
    case outsideDomain(place: String, found: String, intervals: String)

    /// A condition on the boundary of a shape that there is not.
    case unknownBoundary(place: String, found: String, suggestion: String?, known: [String])

    /// A period that does not move the variables that the condition fixes.
    case invalidPeriod(place: String, found: String, location: String)

    /// A shape that encloses nothing, or has other variables than the shapes before.
    case invalidShape(name: String, why: String)

    /// A formula that does not put shapes together.
    case invalidComposition(found: String, shapes: [String])

    /// A definition that does not have the form of one.
    case invalidFunction(found: String)

    /// A trained parameter where only known numbers make sense.
    case trainableParameter(place: String, name: String)

    /// Neither conditions nor data determine the solution.
    case undetermined
  }

  /// The kind of failure, for an exit code.
  public var kind: FailureKind {
    switch self {
    case .file(let error): error.kind
    case .invalid: .malformed
    }
  }

  /// One sentence that says what was found, where, what was expected, and what to do.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .invalid(let path, let line, let reason): "\(path):\(line): \(reason)"
    }
  }
}

extension RecipeError.Reason: CustomStringConvertible {
  /// The sentence without the place in the file.
  public var description: String {
    switch self {
    case .notYAML(let problem):
      "not readable as YAML: \(problem)"
    case .duplicateKeys(let keys):
      "a map has the key " + keys.map { "'\($0)'" }.joined(separator: ", ") + " twice; remove one"
    case .empty:
      "the recipe is empty; it needs at least 'problem:'"
    case .unknownKey(let key, let place, let suggestion, let known):
      "unknown key '\(key)' in \(place)" + Self.hint(suggestion, known)
    case .missingKey(let key, let place):
      "\(place) needs the key '\(key)'; add '\(key):' to it"
    case .unusedKey(let place, let kind, let users):
      "\(place) has no meaning for the kind '\(kind)'; it belongs to \(users.joined(separator: ", "))"
    case .wrongType(let place, let found, let expected):
      "\(place) is \(found), expected \(expected)"
    case .outOfRange(let place, let found, let expected):
      "\(place) is \(found), expected \(expected)"
    case .unknownChoice(let place, let found, let suggestion, let known):
      "\(place) is '\(found)'" + Self.hint(suggestion, known)
    case .invalidName(let name, let why):
      "'\(name)' cannot be a name: \(why)"
    case .duplicateName(let name):
      "'\(name)' names two things; rename one"
    case .emptyInterval(let variable, let lower, let upper):
      "the interval of '\(variable)' is [\(lower), \(upper)]; "
        + "the upper end must be greater than the lower"
    case .formula(let place, let error):
      "\(place), \(error)"
    case .derivativeByNoVariable(let place, let name, let suffix, let variables):
      "\(place): '\(name)' differentiates by '\(suffix)', but the variables are "
        + variables.joined(separator: ", ")
    case .ambiguousDerivative(let place, let name):
      "\(place): '\(name)' can be read as two different derivatives; rename a variable"
    case .derivativeOrder(let place, let name, let order):
      "\(place): '\(name)' has order \(order); the highest is \(DerivativeSymbol.orderLimit)"
    case .noUnknown(let place, let unknowns):
      "\(place) contains no unknown; expected "
        + (unknowns.count > 1 ? "one of " : "") + unknowns.joined(separator: ", ")
    case .invalidLocation(let place, let found):
      "\(place) holds at '\(found)', expected a boundary such as \"x = 0\""
    case .outsideDomain(let place, let found, let intervals):
      "\(place) holds at '\(found)', which is outside the domain: \(intervals)"
    case .unknownBoundary(let place, let found, let suggestion, let known):
      "\(place) holds at '\(found)', which is no boundary" + Self.hint(suggestion, known)
    case .invalidPeriod(let place, let found, let location):
      "\(place) has the period '\(found)'; expected other values of the variables in '\(location)'"
    case .invalidShape(let name, let why):
      "the shape '\(name)' \(why)"
    case .invalidComposition(let found, let shapes):
      "the domain is '\(found)', expected shapes (\(shapes.joined(separator: ", "))) put together by "
        + "+, - and *"
    case .invalidFunction(let found):
      "'\(found)' cannot be defined; expected a new name and its arguments, such as \"f(x)\""
    case .trainableParameter(let place, let name):
      "\(place) contains '\(name)', which is trained; write a number instead"
    case .undetermined:
      "neither conditions nor data determine the solution; add 'conditions:' to the problem"
    }
  }

  private static func hint(_ suggestion: String?, _ known: [String]) -> String {
    suggestion.map { "; did you mean '\($0)'?" }
      ?? "; known are \(known.joined(separator: ", "))"
  }
}
