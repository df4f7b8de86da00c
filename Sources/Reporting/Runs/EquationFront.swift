internal import RunStore

/// The equations that a distillation found, as `equations.json` holds them.
public struct EquationFront: Sendable, Equatable {
  /// One equation of the front.
  public struct Entry: Sendable, Equatable {
    /// Number of operators, names and numbers.
    public let complexity: Double

    /// The loss, the mean square unless the search was told otherwise.
    public let loss: Double

    /// The coefficient of determination R², nil where it is undefined.
    public let rSquared: Double?

    /// The equation as text, with the names of the recipe's parameters.
    public let equation: String

    /// The equation with the numbers as they were fitted.
    public let fitted: String

    /// The numbers and what they were recognised as.
    public let constants: [Constant]

    /// What became of the recipe's equations and conditions, nil without a recipe.
    public let check: Check?
  }

  /// A fitted number.
  public struct Constant: Sendable, Equatable {
    /// The value.
    public let value: Double

    /// The standard error of the value, if known.
    public let standardError: Double?

    /// The closed form that it was recognised as, if any.
    public let closedForm: String?
  }

  /// An equation put back into the recipe.
  public struct Check: Sendable, Equatable {
    /// Whether every equation and condition is proved to hold.
    public let isExactSolution: Bool

    /// One entry for each equation of the recipe.
    public let equations: [Residual]

    /// One entry for each condition of the recipe.
    public let conditions: [Residual]
  }

  /// What is left of an equation or condition.
  public struct Residual: Sendable, Equatable {
    /// Such as `condition 2`.
    public let name: String

    /// Root mean square over the domain; nil where it is undefined.
    public let rms: Double?

    /// Whether it is proved to vanish everywhere.
    public let isProved: Bool
  }

  /// What was distilled.
  public let target: String

  /// The variables of the equations.
  public let variables: [String]

  /// The seed of the search.
  public let seed: Int?

  /// Number of rows searched in.
  public let rows: Int?

  /// Number of formulas tried.
  public let evaluations: Int?

  /// Seconds of search.
  public let seconds: Double?

  /// The equations from simple to accurate.
  public let entries: [Entry]

  /// The index of the chosen equation, if one was.
  public let best: Int?

  /// The chosen equation.
  public var chosen: Entry? { best.map { entries[$0] } }

  /// Reads a front.
  ///
  /// - Parameters:
  ///   - bytes: The contents of `equations.json`.
  ///   - path: The file's name for errors.
  /// - Throws: ``ReportingError/malformed(path:detail:)``.
  public init(parsing bytes: [UInt8], path: String) throws(ReportingError) {
    let document: JSONValue
    do {
      document = try JSONValue(parsing: bytes)
    } catch {
      throw .malformed(path: path, detail: error.description)
    }
    guard let target = document["target"]?.text, let front = document["front"]?.elements else {
      throw .malformed(path: path, detail: "'target' or 'front' is missing")
    }
    var entries: [Entry] = []
    for (index, element) in front.enumerated() {
      guard let entry = Entry(element) else {
        throw .malformed(
          path: path, detail: "'front[\(index)]' lacks 'complexity', 'loss' or 'equation'")
      }
      entries.append(entry)
    }
    let best = document["best"]?.int
    guard best.map(entries.indices.contains) ?? true else {
      throw .malformed(path: path, detail: "'best' is no index into 'front'")
    }
    self.target = target
    self.entries = entries
    self.best = best
    variables = document["variables"]?.elements?.compactMap(\.text) ?? []
    seed = document["seed"]?.int
    rows = document["rows"]?.int
    evaluations = document["evaluations"]?.int
    seconds = document["seconds"]?.double
  }
}

// MARK: - JSON

extension EquationFront.Entry {
  fileprivate init?(_ json: JSONValue) {
    guard let complexity = json["complexity"]?.double, let loss = json["loss"]?.double,
      let equation = json["equation"]?.text
    else { return nil }
    self.complexity = complexity
    self.loss = loss
    self.equation = equation
    rSquared = json["r2"]?.double
    fitted = json["fitted"]?.text ?? equation
    constants = (json["constants"]?.elements ?? []).compactMap { constant in
      constant["value"]?.double.map {
        EquationFront.Constant(
          value: $0, standardError: constant["standard_error"]?.double,
          closedForm: constant["snapped"]?.text)
      }
    }
    check = json["residual"].flatMap { EquationFront.Check($0) }
  }
}

extension EquationFront.Check {
  fileprivate init?(_ json: JSONValue) {
    guard let isExactSolution = json["exact_solution"]?.bool else { return nil }
    self.isExactSolution = isExactSolution
    func residuals(_ name: String) -> [EquationFront.Residual] {
      (json[name]?.elements ?? []).map {
        EquationFront.Residual(
          name: $0["name"]?.text ?? "", rms: $0["rms"]?.double,
          isProved: $0["symbolic_zero"]?.bool ?? false)
      }
    }
    equations = residuals("equations")
    conditions = residuals("conditions")
  }
}
