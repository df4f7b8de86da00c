internal import Networks
internal import RunStore
internal import Symbolic
internal import Tensors

/// The true solution, a formula or a table, to compare a network with; it is never trained on.
struct ExactSolution {
  private let problem: Problem
  private let references: [Reference]

  /// True values of one unknown at the points of an evaluator.
  private struct Reference {
    let unknown: Int
    let evaluator: FieldEvaluator
    let values: [Double]
  }

  /// Evaluates the exact solution; nil if the recipe has none.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - test: Measurements that are not trained on, for unknowns of which nothing else is known.
  ///   - network: The network.
  ///   - side: Points along each variable where a formula is compared.
  ///   - threads: Number of threads.
  /// - Throws: ``TrainingError`` if a formula cannot be compiled or the reference cannot be read.
  init?(
    _ problem: Problem, test: Table?, network: Network, side: Int, threads: Int
  ) throws(TrainingError) {
    self.problem = problem
    var references: [Reference] = []
    func evaluator(_ points: [[Double]]) -> FieldEvaluator {
      FieldEvaluator(
        network: network, points: points, transform: problem.outputTransform, threads: threads)
    }
    if problem.exact.contains(where: { $0 != nil }) {
      let grid = ValidationGrid(problem, side: side)
      let onGrid = evaluator(grid.columns)
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
        references.append(
          Reference(
            unknown: index, evaluator: onGrid, values: program.evaluate(grid.columns)))
      }
    }
    if let table = try problem.reference.map({ (path) throws(TrainingError) in
      try problem.readTable(path)
    }) ?? test {
      let atRows = evaluator(problem.variables.compactMap { table[$0.name] })
      for (index, unknown) in problem.unknowns.enumerated() where problem.exact[index] == nil {
        guard let values = table[unknown] else { continue }
        references.append(Reference(unknown: index, evaluator: atRows, values: values))
      }
    }
    guard !references.isEmpty else { return nil }
    self.references = references
  }

  /// Relative L2 error of each unknown, nil where there is no reference or it is zero.
  func relativeL2(at parameters: [Double]) -> [Double?] {
    var errors = [Double?](repeating: nil, count: problem.unknowns.count)
    for reference in references {
      let values = reference.evaluator.values(
        of: .value(of: reference.unknown, in: problem), parameters: parameters)
      let defined = reference.values.indices.filter { reference.values[$0].isFinite }
      errors[reference.unknown] = Statistics.relativeL2(
        defined.map { values[$0] }, reference: defined.map { reference.values[$0] })
    }
    return errors
  }
}
