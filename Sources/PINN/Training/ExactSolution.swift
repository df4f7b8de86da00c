internal import Networks
internal import Symbolic
internal import Tensors

/// The exact solution on a grid, to compare a network with; it is never trained on.
struct ExactSolution {
  private let problem: Problem
  private let evaluator: FieldEvaluator
  private let references: [(unknown: Int, values: [Double])]

  /// Evaluates the exact solution; nil if the recipe has none.
  init?(
    _ problem: Problem, network: MultilayerPerceptron, side: Int, threads: Int
  ) throws(TrainingError) {
    guard problem.exact.contains(where: { $0 != nil }) else { return nil }
    let grid = ValidationGrid(problem, side: side)
    self.problem = problem
    evaluator = FieldEvaluator(network: network, points: grid.columns, threads: threads)
    var references: [(Int, [Double])] = []
    for (index, formula) in problem.exact.enumerated() {
      guard let formula else { continue }
      let program: Program
      do {
        program = try Program(
          problem.withNumbers(formula), inputs: problem.variableSymbols)
      } catch {
        throw .invalidEquation("the exact solution of \(problem.unknowns[index]): \(error)")
      }
      // A removable singularity, such as that of sin(x)/x, leaves out its grid points.
      references.append((index, program.evaluate(grid.columns)))
    }
    self.references = references
  }

  /// Relative L2 error of each unknown, nil where there is no reference or it is zero.
  func relativeL2(at parameters: [Double]) -> [Double?] {
    var errors = [Double?](repeating: nil, count: problem.unknowns.count)
    for (unknown, reference) in references {
      let values = evaluator.values(
        of: .value(of: unknown, in: problem), parameters: parameters)
      let defined = reference.indices.filter { reference[$0].isFinite }
      errors[unknown] = Statistics.relativeL2(
        defined.map { values[$0] }, reference: defined.map { reference[$0] })
    }
    return errors
  }
}
