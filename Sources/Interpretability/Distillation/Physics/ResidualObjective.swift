internal import Networks
public import PINN
public import Symbolic
internal import Tensors

/// How well a formula with free constants solves a problem, with no data at all.
///
/// The formula takes the unknown's place in every equation and condition; its derivatives are taken
/// symbolically and evaluated on the vector kernels. The loss is
///
///     L = Σ_equations mean(R²) + w Σ_conditions mean(R²)
///
/// over points inside the domain and on each condition's face; values that are known at some points may
/// add their mean squared misfit. Constants are fitted by
/// Levenberg-Marquardt on all residuals together; a derivative by a constant follows from the chain
/// rule, `∂R/∂θ = Σ_q ∂R/∂q ∂q/∂θ` over the derivatives q of the unknown that the equation contains.
public struct ResidualObjective: Sendable {
  /// The problem.
  public let problem: Problem

  private let variables: [Symbol]
  private let terms: [Term]

  /// The derivatives of the unknown that some term contains.
  private let fields: [DerivativeSymbol]

  /// One equation or condition at its points.
  private struct Term: Sendable {
    /// Coordinates, one array for each variable.
    let columns: [[Double]]

    /// What is known at the points: inputs of the programs behind the variables.
    let known: [[Double]]

    /// Indices into the objective's fields, in the order of the programs' last inputs.
    let fields: [Int]
    let residual: Program
    let slopes: [Program]

    /// What a residual is multiplied by so that squares add up to the loss.
    let scale: Double
  }

  /// A formula with the constants that solve a problem best.
  public struct Fit: Sendable {
    /// The formula.
    public let expression: Expression

    /// The loss L.
    public let loss: Double
  }

  /// Prepares the points of a problem.
  ///
  /// - Parameters:
  ///   - problem: A problem with one unknown.
  ///   - side: Number of points along each variable, for equations and for conditions.
  ///   - conditionWeight: The weight w of conditions.
  ///   - data: Values of the unknown, under the names of the problem's variables; nil for none.
  ///   - dataWeight: The weight of the mean squared misfit to the data.
  /// - Throws: `ProgramError` if an equation is too long.
  public init(
    _ problem: Problem, side: Int = 12, conditionWeight: Double = 10, data: SearchTable? = nil,
    dataWeight: Double = 1
  ) throws(ProgramError) {
    precondition(problem.unknowns.count == 1, "one formula solves for one unknown")
    self.problem = problem
    variables = problem.variableSymbols
    let value = DerivativeSymbol.value(of: 0, in: problem)
    let needed = problem.derivatives
    fields = data == nil || needed.contains(value) ? needed : needed + [value]
    let symbols = fields.map(\.symbol)
    let inputs = variables
    func term(
      _ equation: Expression, _ columns: [[Double]], known: [(name: Symbol, values: [Double])] = [],
      weight: Double
    ) throws(ProgramError) -> Term {
      let numeric = problem.withNumbers(equation)
      let used = symbols.indices.filter { numeric.symbols.contains(symbols[$0]) }
      let names = inputs + known.map(\.name) + used.map { symbols[$0] }
      var slopes: [Program] = []
      for index in used {
        slopes.append(
          try Program(
            numeric.derivative(withRespectTo: symbols[index]).simplified(), inputs: names))
      }
      return Term(
        columns: columns, known: known.map(\.values), fields: used,
        residual: try Program(numeric, inputs: names),
        slopes: slopes, scale: (weight / Double(columns[0].count)).squareRoot())
    }
    var terms: [Term] = []
    let grid = ValidationGrid(problem, side: side)
    for equation in problem.equations {
      terms.append(try term(equation, grid.columns, weight: 1))
    }
    // A formula is looked at in one place at a time, on faces of the variables' box.
    for condition in problem.conditions where condition.partner == nil && condition.boundary == nil
    {
      let face = ValidationGrid(problem, side: 2 * side, fixing: condition)
      terms.append(try term(condition.equation, face.columns, weight: conditionWeight))
    }
    if let data {
      let rows = Self.rows(of: data)
      let columns = inputs.compactMap { name in
        data.variables.firstIndex(of: name).map { index in rows.map { data.columns[index][$0] } }
      }
      precondition(columns.count == inputs.count, "the data have the problem's variables")
      terms.append(
        try term(
          Expression(value.symbol) - Expression(Self.datum), columns,
          known: [(Self.datum, rows.map { data.target[$0] })], weight: dataWeight))
    }
    self.terms = terms
  }

  // A name that no formula can contain.
  private static let datum = Symbol("known value")

  /// Evenly spread rows, as many as the constants of a formula need.
  private static func rows(of table: SearchTable) -> [Int] {
    let count = min(table.rowCount, 400)
    return (0..<count).map { $0 * table.rowCount / count }
  }

  /// The loss of a formula as it is; nil where it or a derivative is undefined at a point.
  ///
  /// - Parameter formula: A formula of the variables; parameters stand for their values.
  /// - Returns: The loss L.
  public func loss(of formula: Expression) -> Double? {
    Candidate(problem.withNumbers(formula), self).flatMap { evaluate($0, $0.start)?.loss }
  }

  /// Fits the constants of a formula.
  ///
  /// - Parameters:
  ///   - formula: A formula of the variables; its free constants are where the fit starts.
  ///   - steps: The most steps to take.
  /// - Returns: The fit; nil where the formula or a derivative is undefined at a point.
  public func fit(_ formula: Expression, steps: Int = 20) -> Fit? {
    guard let candidate = Candidate(problem.withNumbers(formula), self),
      var state = evaluate(candidate, candidate.start)
    else { return nil }
    var constants = candidate.start
    var damping = 1e-3
    for _ in 0..<(constants.isEmpty ? 0 : steps) where damping < 1e8 && state.loss > 1e-28 {
      guard let step = state.step(damping: damping) else {
        damping *= 10
        continue
      }
      let trial = zip(constants, step).map(+)
      guard let next = evaluate(candidate, trial), next.loss < state.loss else {
        damping *= 10
        continue
      }
      let isSettled = next.loss > state.loss * (1 - 1e-9)
      (constants, state) = (trial, next)
      damping = max(1e-12, 0.1 * damping)
      if isSettled { break }
    }
    return Fit(expression: candidate.formula(constants), loss: state.loss)
  }
}

// MARK: Evaluation

extension ResidualObjective {
  /// A formula's derivatives, compiled with its constants as parameters.
  private struct Candidate {
    let formula: Expression
    let start: [Double]

    /// One program for each of the objective's fields, and which constant each of its parameters is.
    let programs: [(program: ParametricProgram, owners: [Int])]

    init?(_ formula: Expression, _ objective: ResidualObjective) {
      self.formula = formula
      var start: [Double] = []
      // Constants become names, so that differentiation cannot merge them.
      let named = Expression(
        postfix: formula.nodes.map { node in
          guard node.operation == .constant, !node.isFixed else { return node }
          start.append(node.value)
          return Expression.Node(symbol: Self.name(start.count - 1))
        })
      self.start = start
      var indices: [Symbol: Int] = [:]
      for index in start.indices { indices[Self.name(index)] = index }
      var programs: [(program: ParametricProgram, owners: [Int])] = []
      for field in objective.fields {
        var derivative = named
        for (variable, count) in zip(objective.variables, field.monomial.exponents) {
          for _ in 0..<count { derivative = derivative.derivative(withRespectTo: variable) }
        }
        var owners: [Int] = []
        let nodes = derivative.nodes.map { node in
          if let index = node.symbol.flatMap({ indices[$0] }) {
            owners.append(index)
            return Expression.Node(constant: start[index])
          }
          return node.operation == .constant
            ? Expression.Node(constant: node.value, isFixed: true) : node
        }
        guard
          let program = try? ParametricProgram(
            Expression(postfix: nodes), inputs: objective.variables),
          program.constants.count == owners.count
        else { return nil }
        programs.append((program, owners))
      }
      self.programs = programs
    }

    func formula(_ constants: [Double]) -> Expression {
      var remaining = constants[...]
      return Expression(
        postfix: formula.nodes.map { node in
          guard node.operation == .constant, !node.isFixed, let value = remaining.popFirst() else {
            return node
          }
          return Expression.Node(constant: value)
        })
    }

    // A name that no formula can contain.
    private static func name(_ index: Int) -> Symbol { Symbol("constant \(index)") }
  }

  /// Squares and normal equations at some constants.
  private struct State {
    let loss: Double
    let gram: Matrix<Double>
    let slope: [Double]

    /// The step that the damped normal equations give, nil if they have no solution.
    func step(damping: Double) -> [Double]? {
      var damped = gram
      for i in 0..<gram.rows { damped[i, i] += damping * gram[i, i] + 1e-300 }
      guard let step = (try? Cholesky(damped))?.solve(slope.map { -$0 }),
        step.allSatisfy(\.isFinite)
      else { return nil }
      return step
    }
  }

  private func evaluate(_ candidate: Candidate, _ constants: [Double]) -> State? {
    let count = constants.count
    var loss = 0.0
    var gram = Matrix<Double>(rows: count, columns: count)
    var slope = [Double](repeating: 0, count: count)
    for term in terms {
      var inputs = term.columns + term.known
      var jacobians: [[[Double]]] = []
      for field in term.fields {
        let (program, owners) = candidate.programs[field]
        let result = program.derivatives(term.columns, constants: owners.map { constants[$0] })
        inputs.append(result.values)
        jacobians.append(result.jacobian)
      }
      let residuals = term.residual.evaluate(inputs)
      guard residuals.allSatisfy(\.isFinite) else { return nil }
      loss += residuals.reduce(0) { $0 + $1 * $1 } * term.scale * term.scale
      var columns = [[Double]](
        repeating: [Double](repeating: 0, count: residuals.count), count: count)
      for ((field, partial), jacobian) in zip(zip(term.fields, term.slopes), jacobians) {
        let weights = partial.evaluate(inputs)
        for (owner, column) in zip(candidate.programs[field].owners, jacobian) {
          for row in residuals.indices { columns[owner][row] += weights[row] * column[row] }
        }
      }
      let square = term.scale * term.scale
      for i in 0..<count {
        slope[i] += square * zip(columns[i], residuals).reduce(0) { $0 + $1.0 * $1.1 }
        for j in 0...i {
          let product = square * zip(columns[i], columns[j]).reduce(0) { $0 + $1.0 * $1.1 }
          gram[i, j] += product
          if i != j { gram[j, i] += product }
        }
      }
    }
    guard loss.isFinite else { return nil }
    return State(loss: loss, gram: gram, slope: slope)
  }
}
