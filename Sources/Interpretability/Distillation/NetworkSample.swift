public import PINN
internal import RunStore
public import Symbolic
internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Values of a trained network on a regular grid, or scattered in more than three variables: the table
/// that a distillation explains.
public struct NetworkSample: Sendable {
  /// The variables and the unknown, one row a grid point.
  public let table: SearchTable

  /// Number of grid points along each variable; the last varies fastest; nil where the points are
  /// scattered or the domain is no box.
  public let gridShape: [Int]?

  /// The mean squared error that the network is known to have; 0 if nothing is known.
  ///
  /// Conditions that state the unknown's value, such as `u - sin(pi*x)` at t = 0, show the network's
  /// error on their part of the boundary, and so do measurements. Four times the mean square stands
  /// for the whole domain.
  public let teacherLoss: Double

  /// Samples a network.
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - unknown: The index of the unknown to sample.
  ///   - problem: The problem it was trained on.
  ///   - rows: About how many grid points to take.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: `SearchError` if the network's values cannot be searched, such as a constant.
  public init(
    _ solution: TrainedNetwork, unknown: Int, problem: Problem, rows: Int, threads: Int
  ) throws(SearchError) {
    let field = DerivativeSymbol.value(of: unknown, in: problem)
    let dimension = problem.variables.count
    let side = max(4, Int(pow(Double(rows), 1 / Double(dimension)).rounded()))
    var scattered = (try? problem.measuredPoints(about: rows))?.columns
    if dimension > SamplePoints.gridDimension {
      scattered = scattered ?? problem.scatteredPoints(count: rows)
    }
    let grid = scattered == nil ? ValidationGrid(problem, side: side) : nil
    let points = scattered ?? grid?.columns ?? []
    let values = FieldEvaluator(solution, points: points, threads: threads)
      .values(of: field, parameters: solution.parameters)
    table = try SearchTable(
      variables: problem.variableSymbols, columns: points, targetName: field.symbol,
      target: values)
    gridShape = grid?.shape
    var errors = problem.conditions.compactMap {
      Self.meanSquaredError($0, field, solution, problem, threads: threads)
    }
    // Of a network that was fitted to a table alone, the equation is sought, not the table's.
    if problem.isPosed, let misfit = Self.misfit(field, solution, problem, threads: threads) {
      errors.append(misfit)
    }
    teacherLoss = errors.isEmpty ? 0 : 4 * errors.reduce(0, +) / Double(errors.count)
  }

  /// The network's mean squared error at the measurements, nil without any of the unknown.
  private static func misfit(
    _ field: DerivativeSymbol, _ solution: TrainedNetwork, _ problem: Problem, threads: Int
  ) -> Double? {
    guard let data = problem.data, let measured = try? Table(contentsOf: data.file),
      let reference = measured[problem.unknowns[field.unknown]]
    else { return nil }
    let points = problem.variables.compactMap { measured[$0.name] }
    guard points.count == problem.variables.count else { return nil }
    let values = FieldEvaluator(solution, points: points, threads: threads)
      .values(of: field, parameters: solution.parameters)
    return Statistics.rootMeanSquare(zip(values, reference).map { $0 - $1 }).map { $0 * $0 }
  }

  /// The network's mean squared error on a condition that states the unknown's value, else nil.
  private static func meanSquaredError(
    _ condition: Condition, _ field: DerivativeSymbol, _ solution: TrainedNetwork,
    _ problem: Problem, threads: Int
  ) -> Double? {
    let equation = problem.withNumbers(condition.equation)
    let fields = equation.symbols.filter { problem.derivative($0) != nil }
    let slope = equation.derivative(withRespectTo: field.symbol).simplified().constantValue
    guard condition.partner == nil, fields == [field.symbol], let slope, abs(slope) == 1 else {
      return nil
    }
    let grid = ValidationGrid(problem, side: 100, fixing: condition)
    let values = FieldEvaluator(solution, points: grid.columns, threads: threads)
      .values(of: field, parameters: solution.parameters)
    let inputs = problem.variableSymbols + [field.symbol]
    guard let program = try? Program(equation, inputs: inputs) else { return nil }
    return Statistics.rootMeanSquare(program.evaluate(grid.columns + [values])).map { $0 * $0 }
  }
}
