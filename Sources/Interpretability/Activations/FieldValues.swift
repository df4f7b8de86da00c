internal import Networks
public import PINN
internal import Symbolic
internal import Tensors

/// The values of a problem's physical fields, from a network's jets and from the exact solution.
///
/// Derivatives of the network are exact Taylor coefficients, no differences. Those of the exact solution
/// come from symbolic differentiation of the recipe's formula.
public struct FieldValues: Sendable {
  /// The fields.
  public let fields: [PhysicalField]

  /// The fields that the exact solution has too: unknowns with a formula, their derivatives and
  /// Laplacians.
  public let exactFields: [PhysicalField]

  private let problem: Problem
  private let boundaryDistance: BoundaryDistance?
  private let threads: Int
  private let formulas: [Int: Formula]
  private let exactPrograms: [Program]

  /// A residual or a source, compiled.
  private struct Formula: Sendable {
    let program: Program
    let inputs: [DerivativeSymbol]
  }

  /// Prepares the fields of a problem.
  ///
  /// - Parameters:
  ///   - problem: The problem, its parameters those that were found.
  ///   - fields: Which of ``PINN/Problem/physicalFields``; nil for all.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: `ProgramError` if a formula of the problem cannot be compiled.
  public init(_ problem: Problem, fields: [PhysicalField]? = nil, threads: Int) throws {
    self.problem = problem
    boundaryDistance = BoundaryDistance(problem)
    self.threads = threads
    let fields = fields ?? problem.physicalFields
    self.fields = fields
    var formulas: [Int: Formula] = [:]
    for (index, field) in fields.enumerated() {
      guard let expression = Self.formula(of: field, in: problem) else { continue }
      let inputs = expression.symbols.filter { problem.derivative($0) != nil }
      formulas[index] = Formula(
        program: try Program(expression, inputs: problem.variableSymbols + inputs),
        inputs: inputs.compactMap { problem.derivative($0) })
    }
    self.formulas = formulas
    var exact: [(PhysicalField, Program)] = []
    for field in fields {
      guard let formula = Self.exactFormula(of: field, in: problem) else { continue }
      exact.append((field, try Program(formula, inputs: problem.variableSymbols)))
    }
    exactFields = exact.map(\.0)
    exactPrograms = exact.map(\.1)
  }

  /// The fields of a network.
  ///
  /// - Parameters:
  ///   - solution: A network for the problem.
  ///   - points: One array of coordinates for each variable; at least one point.
  /// - Returns: For each of ``fields`` one number a point.
  public func values(of solution: TrainedNetwork, at points: [[Double]]) -> [[Double]] {
    let evaluator = FieldEvaluator(solution, points: points, threads: threads)
    // One derivative may have two names: u_xt and u_tx.
    var known: [Derivative: [Double]] = [:]
    func derivative(_ field: DerivativeSymbol) -> [Double] {
      let key = Derivative(unknown: field.unknown, monomial: field.monomial)
      if let values = known[key] { return values }
      let values = evaluator.values(of: field, parameters: solution.parameters)
      known[key] = values
      return values
    }
    return fields.enumerated().map { index, field in
      switch field.kind {
      case .derivative(let symbol):
        return derivative(symbol)
      case .laplacian(let unknown):
        let parts = problem.secondDerivatives(of: unknown).map(derivative)
        return parts[0].indices.map { i in parts.reduce(0) { $0 + $1[i] } }
      case .residual, .source:
        guard let formula = formulas[index] else { return [] }
        return evaluate(formula.program, points + formula.inputs.map(derivative))
      case .boundaryDistance:
        return distances(at: points)
      }
    }
  }

  /// The fields of the exact solution.
  ///
  /// - Parameter points: One array of coordinates for each variable; at least one point.
  /// - Returns: For each of ``exactFields`` one number a point, not finite where a formula is undefined.
  public func exactValues(at points: [[Double]]) -> [[Double]] {
    exactPrograms.map { evaluate($0, points) }
  }

  private struct Derivative: Hashable {
    let unknown: Int
    let monomial: Monomial
  }

  /// Points of a piece of work for one thread.
  private static let pieceSize = 1024

  private func evaluate(_ program: Program, _ columns: [[Double]]) -> [Double] {
    inPieces(of: columns) { program.evaluate($0) }
  }

  private func distances(at points: [[Double]]) -> [Double] {
    inPieces(of: points) { piece in
      piece[0].indices.map { i in boundaryDistance?(piece.map { $0[i] }) ?? .nan }
    }
  }

  private func inPieces(
    of columns: [[Double]], _ evaluate: @Sendable ([[Double]]) -> [Double]
  ) -> [Double] {
    let count = columns[0].count
    let result = AlignedBuffer(count: count, repeating: 0.0)
    parallelFor(count: (count + Self.pieceSize - 1) / Self.pieceSize, threads: threads) { piece in
      let rows = piece * Self.pieceSize..<min((piece + 1) * Self.pieceSize, count)
      let values = evaluate(columns.map { Array($0[rows]) })
      for (i, value) in zip(rows, values) { result.pointer[i] = value }
    }
    return Array(UnsafeBufferPointer(start: result.pointer, count: count))
  }

  // MARK: - Formulas

  /// The formula of a field that is one of variables and derivatives.
  private static func formula(of field: PhysicalField, in problem: Problem) -> Expression? {
    switch field.kind {
    case .residual(let equation): problem.withNumbers(problem.equations[equation])
    case .source(let equation): problem.source(of: equation).map(problem.withNumbers)
    case .derivative, .laplacian, .boundaryDistance: nil
    }
  }

  /// The exact solution's formula of a field; nil if it is not known.
  private static func exactFormula(of field: PhysicalField, in problem: Problem) -> Expression? {
    func derivative(_ symbol: DerivativeSymbol) -> Expression? {
      guard var formula = problem.exact[symbol.unknown].map(problem.withNumbers) else { return nil }
      for (variable, count) in zip(problem.variableSymbols, symbol.monomial.exponents) {
        for _ in 0..<count {
          formula = formula.derivative(withRespectTo: variable).simplified()
        }
      }
      return formula
    }
    switch field.kind {
    case .derivative(let symbol):
      return derivative(symbol)
    case .laplacian(let unknown):
      let parts = problem.secondDerivatives(of: unknown).compactMap(derivative)
      return parts.isEmpty ? nil : parts.dropFirst().reduce(parts[0], +).simplified()
    case .residual, .source, .boundaryDistance:
      return nil
    }
  }
}

extension Problem {
  /// The second derivatives of an unknown by each variable of space.
  fileprivate func secondDerivatives(of unknown: Int) -> [DerivativeSymbol] {
    spatialVariables.map { variable in
      let name = variables[variable].name
      return DerivativeSymbol(
        unknown: unknown,
        monomial: Monomial(variables.indices.map { $0 == variable ? 2 : 0 }),
        symbol: Symbol("\(unknowns[unknown])_\(name)\(name)"))
    }
  }
}
