public import Symbolic

/// A differential equation on a domain: find the unknowns `u` for which every equation is zero
/// inside and every condition is zero on its part of the boundary.
public struct Problem: Sendable, Equatable {
  /// The independent variables with their intervals, in the recipe's order: the network's inputs.
  public let variables: [Variable]

  /// The names of the unknown functions: the network's outputs.
  public let unknowns: [String]

  /// The named numbers of the equations.
  public internal(set) var parameters: [Parameter]

  /// Where the equations hold; nil for the whole box of the variables.
  public let domain: Domain?

  /// Residuals that vanish inside the domain, in terms of variables, parameters, unknowns and their
  /// derivatives.
  public let equations: [Expression]

  /// What holds on parts of the boundary or of the domain.
  public let conditions: [Condition]

  /// Measurements to be matched, if there are any.
  public internal(set) var data: Measurements?

  /// The file that the network came from, if it was made elsewhere; then nothing need determine the
  /// unknowns.
  public internal(set) var imported: String?

  /// Formulas that make the unknowns out of the network's outputs, which have the unknowns' names in
  /// them; nil for an output that is the unknown itself.
  ///
  /// With `x*(1 - x)*u` the unknown vanishes at both ends whatever the network does.
  public let transform: [Expression?]

  /// For each unknown its exact solution in terms of variables and parameters, if it is known;
  /// for validation only.
  public let exact: [Expression?]

  /// A table of variables and the unknowns' true values, for validation only.
  public internal(set) var reference: String?

  /// One independent variable.
  public struct Variable: Sendable, Equatable {
    /// The name.
    public let name: String

    /// The lower end of the interval.
    public let lower: Double

    /// The upper end, greater than the lower.
    public let upper: Double

    /// Names an interval.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - lower: The lower end.
    ///   - upper: The upper end, greater than the lower.
    public init(name: String, lower: Double, upper: Double) {
      self.name = name
      self.lower = lower
      self.upper = upper
    }

    /// Upper end minus lower end.
    public var width: Double { upper - lower }
  }

  /// One named number.
  public struct Parameter: Sendable, Equatable {
    /// The name.
    public let name: String

    /// The value, or where training starts if it is trainable.
    public let value: Double

    /// Whether the value is found by training (an inverse problem).
    public let isTrainable: Bool

    /// Names a number.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - value: The value, or where training starts.
    ///   - isTrainable: Whether the value is found by training.
    public init(name: String, value: Double, isTrainable: Bool = false) {
      self.name = name
      self.value = value
      self.isTrainable = isTrainable
    }
  }

  /// States a problem whose parts fit together.
  ///
  /// - Parameters:
  ///   - variables: The independent variables with their intervals.
  ///   - unknowns: The names of the unknown functions.
  ///   - parameters: The named numbers of the equations.
  ///   - domain: Where the equations hold; nil for the whole box of the variables.
  ///   - equations: Residuals that vanish inside the domain.
  ///   - conditions: What holds on parts of the boundary.
  ///   - data: Measurements to be matched, if any.
  ///   - transform: For each unknown the formula that makes it out of the outputs; empty for none.
  ///   - exact: For each unknown its exact solution, if known; empty means none is.
  ///   - reference: A table of true values, if there is one.
  ///   - imported: The file that the network came from, if it was made elsewhere.
  public init(
    variables: [Variable], unknowns: [String], parameters: [Parameter] = [],
    domain: Domain? = nil, equations: [Expression], conditions: [Condition],
    data: Measurements? = nil, transform: [Expression?] = [], exact: [Expression?] = [],
    reference: String? = nil, imported: String? = nil
  ) {
    precondition(
      transform.isEmpty || transform.count == unknowns.count, "one transform an unknown")
    precondition(exact.isEmpty || exact.count == unknowns.count, "one exact solution an unknown")
    precondition(variables.allSatisfy { $0.lower < $0.upper }, "intervals have a width")
    self.variables = variables
    self.unknowns = unknowns
    self.parameters = parameters
    self.domain = domain
    self.equations = equations
    self.conditions = conditions
    self.data = data
    self.transform = transform.isEmpty ? unknowns.map { _ in nil } : transform
    self.reference = reference
    self.imported = imported
    self.exact = exact.isEmpty ? Array(repeating: nil, count: unknowns.count) : exact
  }
}

extension Problem {
  /// The values of the parameters by symbol.
  public var parameterValues: [Symbol: Double] {
    Dictionary(uniqueKeysWithValues: parameters.map { (Symbol($0.name), $0.value) })
  }

  /// The problem of a network that was made elsewhere.
  ///
  /// - Parameter file: The file that the network came from.
  /// - Returns: The problem, which remembers the file.
  public func settingImported(_ file: String) -> Problem {
    var problem = self
    problem.imported = file
    return problem
  }

  /// Whether there is any equation or condition that the unknowns should fulfil.
  public var isPosed: Bool { !equations.isEmpty || !conditions.isEmpty }

  /// The derivatives, undifferentiated unknowns included, that equations and conditions need.
  ///
  /// Sorted by unknown and then by monomial; this is what the plan of jets is read off.
  public var derivatives: [DerivativeSymbol] {
    let symbols = (equations + conditions.map(\.equation)).flatMap(\.symbols)
    return Set(symbols.compactMap { derivative($0) }).sorted()
  }

  /// What a symbol of an equation stands for if it is an unknown or a derivative of one.
  ///
  /// - Parameter symbol: A symbol, such as `u_xx`.
  /// - Returns: The derivative; `nil` for variables, parameters and names of nothing.
  public func derivative(_ symbol: Symbol) -> DerivativeSymbol? {
    let names = ProblemNames(self)
    guard case .derivative(let derivative) = names.meaning(of: symbol.name) else { return nil }
    return derivative
  }
}
