internal import PINN
internal import Symbolic
internal import Tensors

extension Condition {
  /// Root mean square of the condition's residual for a network, over the part of the boundary where
  /// it holds; nil where it is not finite.
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - problem: The problem.
  ///   - side: Number of points along each variable.
  ///   - threads: Number of threads; no result depends on it.
  /// - Returns: The error.
  /// - Throws: `ProgramError` if the condition cannot be compiled.
  func rms(
    of solution: TrainedNetwork, in problem: Problem, side: Int, threads: Int
  ) throws -> Double? {
    let grid = ValidationGrid(problem, side: side, fixing: self)
    let formula = problem.withNumbers(equation)
    let fields = formula.symbols.compactMap { problem.derivative($0) }
    let normals = grid.normals.keys.sorted()
    let program = try Program(
      formula, inputs: problem.variableSymbols + fields.map(\.symbol) + normals)
    func residuals(_ points: [[Double]]) -> [Double] {
      let evaluator = FieldEvaluator(solution, points: points, threads: threads)
      return program.evaluate(
        points + fields.map { evaluator.values(of: $0, parameters: solution.parameters) }
          + normals.map { grid.normals[$0] ?? [] })
    }
    var values = residuals(grid.columns)
    // A periodic condition compares two places.
    if let partners = grid.partners { values = zip(values, residuals(partners)).map { $0 - $1 } }
    return values.allSatisfy(\.isFinite) ? Statistics.rootMeanSquare(values) : nil
  }
}
