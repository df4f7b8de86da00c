internal import Networks
public import Symbolic
internal import Tensors

/// How well closed forms of the unknowns solve a problem.
///
/// The forms are substituted into the recipe's equations and conditions: derivatives are taken
/// symbolically, so a residual is zero exactly when the form is a solution. Where the simplifier
/// proves it, the check says so; elsewhere the residual's root mean square over a grid tells.
public struct SolutionCheck: Sendable, Equatable {
  /// What became of one equation or condition.
  public struct Residual: Sendable, Equatable {
    /// What the residual belongs to: `equation 1`, `condition 2`.
    public let name: String

    /// Root mean square over the grid; nil where the residual is undefined at a grid point.
    public let rms: Double?

    /// Whether the simplifier proves that the residual vanishes everywhere.
    public let isSymbolicZero: Bool
  }

  /// One entry for each equation of the problem that contains an unknown with a form.
  public let equations: [Residual]

  /// One entry for each condition of the problem that contains an unknown with a form.
  public let conditions: [Residual]

  /// Whether every equation and condition is proved: then the forms are the exact solution.
  public var isExactSolution: Bool {
    !equations.isEmpty && (equations + conditions).allSatisfy(\.isSymbolicZero)
  }

  /// Root mean square over all equations, nil if one is undefined.
  public var rms: Double? { Self.combined(equations) }

  /// Root mean square over all conditions, nil if one is undefined or there is none.
  public var conditionRMS: Double? { Self.combined(conditions) }

  /// Root mean square over all equations and conditions, nil if one is undefined.
  public var totalRMS: Double? { Self.combined(equations + conditions) }

  /// Checks closed forms against a problem.
  ///
  /// Of a system, some unknowns may have a form and the others come from the network: then the
  /// residual says how well the form goes with the rest of the solution. Nil if an unknown has
  /// neither.
  ///
  /// - Parameters:
  ///   - forms: Formulas for unknowns by name, over variables and parameters.
  ///   - problem: The problem.
  ///   - network: A solution that stands for the unknowns without a form.
  ///   - side: Number of grid points along each variable.
  public init?(
    of forms: [String: Expression], in problem: Problem, network: TrainedNetwork? = nil,
    side: Int = 40
  ) {
    guard network != nil || problem.unknowns.allSatisfy({ forms[$0] != nil }) else { return nil }
    let substitution = Self.substitution(of: forms, in: problem)
    func concerns(_ equation: Expression) -> Bool {
      equation.symbols.contains { substitution[$0] != nil }
    }
    equations = problem.equations.enumerated().filter { concerns($1) }.map { index, equation in
      Self.residual(
        "equation \(index + 1)", equation.substituting(substitution), problem,
        ValidationGrid(problem, side: side), network)
    }
    // A period compares two places, which a network in the place of a form would have to be asked of.
    let isComplete = problem.unknowns.allSatisfy { forms[$0] != nil }
    conditions = problem.conditions.enumerated().filter {
      concerns($1.equation) && ($1.partner == nil || isComplete)
    }.map {
      index, condition in
      func residual(at place: [Condition.FixedVariable]) -> Expression {
        let location = place.map {
          (Symbol(problem.variables[$0.variable].name), Expression($0.value))
        }
        return condition.equation.substituting(substitution)
          .substituting(Dictionary(uniqueKeysWithValues: location))
      }
      let own = residual(at: condition.location)
      let both = condition.partner.map { own - residual(at: $0) } ?? own
      return Self.residual(
        "condition \(index + 1)", both, problem,
        ValidationGrid(problem, side: side, fixing: condition), network)
    }
  }

  /// What each symbol of an unknown or a derivative becomes.
  private static func substitution(
    of forms: [String: Expression], in problem: Problem
  ) -> [Symbol: Expression] {
    var result: [Symbol: Expression] = [:]
    for field in problem.derivatives {
      guard var form = forms[problem.unknowns[field.unknown]] else { continue }
      for (variable, count) in zip(problem.variableSymbols, field.monomial.exponents) {
        for _ in 0..<count { form = form.derivative(withRespectTo: variable) }
      }
      result[field.symbol] = form
    }
    return result
  }

  private static func residual(
    _ name: String, _ expression: Expression, _ problem: Problem, _ grid: ValidationGrid,
    _ network: TrainedNetwork?
  ) -> Residual {
    // What is left of the unknowns without a form.
    let fields = expression.symbols.compactMap { problem.derivative($0) }
    var columns = grid.columns
    if let network, !fields.isEmpty {
      let evaluator = FieldEvaluator(network, points: grid.columns, threads: 1)
      columns += fields.map { evaluator.values(of: $0, parameters: network.parameters) }
    }
    let normals = grid.normals.keys.sorted()
    columns += normals.map { grid.normals[$0] ?? [] }
    let inputs = problem.variableSymbols + fields.map(\.symbol) + normals
    let numeric = problem.withNumbers(expression)
    let program = try? Program(numeric, inputs: inputs)
    let rms = program.flatMap { Statistics.rootMeanSquare($0.evaluate(columns)) }
      .flatMap { $0.isFinite ? $0 : nil }
    // Proofs of long formulas take their time: what is visibly not zero needs none. One may hold for
    // parameters of any value, or for those of the recipe.
    if rms ?? 0 <= Self.visible, expression.isIdenticallyZero || numeric.isIdenticallyZero {
      return Residual(name: name, rms: 0, isSymbolicZero: true)
    }
    return Residual(name: name, rms: rms, isSymbolicZero: false)
  }

  /// A residual that is no rounding, unless terms of 10¹⁰ and more cancel.
  private static let visible = 1e-5

  private static func combined(_ residuals: [Residual]) -> Double? {
    guard !residuals.isEmpty else { return nil }
    var total = 0.0
    for residual in residuals {
      guard let rms = residual.rms else { return nil }
      total += rms * rms
    }
    return (total / Double(residuals.count)).squareRoot()
  }
}
