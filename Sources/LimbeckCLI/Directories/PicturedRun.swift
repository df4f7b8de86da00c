import Limbeck

/// A run with all that figures and a report show: what its directory holds, and its unknowns
/// evaluated on a grid.
struct PicturedRun {
  /// The run, opened for writing if files go into it.
  let directory: RunDirectory

  /// What figures are made of.
  let results: RunResults

  /// Opens a run, however incomplete.
  ///
  /// - Parameters:
  ///   - path: The run directory.
  ///   - purpose: Whether files will be written into it.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: A `StoreFailure` for a file that is there and wrong.
  init(_ path: String, for purpose: RunDirectory.Purpose, threads: Int) throws {
    directory = try RunDirectory.open(path, for: purpose)
    var results = try RunResults(directory)
    if results.recipe != nil {
      results.problem = ProblemStatement(
        try Recipe(contentsOf: try directory.path(of: .recipe)).problem)
    }
    if results.recipe != nil && results.hasNetwork {
      let stored = try StoredRun(path, for: .reading)
      results.problem = ProblemStatement(stored.recipe.problem)
      results.fields = stored.fields(front: results.front, threads: threads)
    }
    self.results = results
  }

  /// Puts files that were written into the run on its list.
  func commit() throws {
    if let manifest = results.manifest { try directory.commit(manifest) }
  }
}

extension StoredRun {
  /// The unknowns on a grid, with the true solution and the chosen equation where there are such.
  fileprivate func fields(front: EquationFront?, threads: Int) -> [SampledField] {
    let problem = recipe.problem
    let table = problem.reference.flatMap { try? Table(contentsOf: $0) }
    let measured = table.flatMap { ReferenceGrid($0, problem) }
    // Formulas are known everywhere, a table at its rows alone.
    let hasFormula = problem.exact.contains { $0 != nil }
    let grid = (hasFormula ? nil : measured?.grid) ?? Self.grid(of: problem)
    let points = problem.variables.map { grid.column($0.name) ?? [] }
    let isInside = (0..<grid.count).map { index in problem.contains(points.map { $0[index] }) }
    func masked(_ values: [Double]) -> [Double] {
      zip(values, isInside).map { $1 ? $0 : .nan }
    }
    func values(of formula: Expression) -> [Double]? {
      (try? Program(problem.withNumbers(formula), inputs: problem.variableSymbols)).map {
        masked($0.evaluate(points))
      }
    }
    let evaluator = FieldEvaluator(solution, points: points, threads: threads)
    return problem.unknowns.enumerated().map { index, unknown in
      let chosen = front.flatMap { $0.target == unknown ? $0.chosen?.equation : nil }
      return SampledField(
        unknown: unknown, grid: grid,
        network: masked(
          evaluator.values(
            of: .value(of: index, in: problem), parameters: solution.parameters)),
        reference: problem.exact[index].flatMap(values)
          ?? (hasFormula ? nil : measured?.values[unknown]),
        equation: chosen.flatMap { try? Expression(parsing: $0) }.flatMap(values))
    }
  }

  /// A grid along the first two variables, through the middle of the others.
  private static func grid(of problem: Problem) -> SamplingGrid {
    // Thirds of a side are samples: cross-sections stand there.
    let count = problem.variables.count == 1 ? 511 : 121
    return SamplingGrid(
      sides: problem.variables.prefix(2).map {
        .init(name: $0.name, lower: $0.lower, upper: $0.upper, count: count)
      },
      fixed: problem.variables.dropFirst(2).map {
        .init(name: $0.name, value: $0.coordinate(0.5))
      })
  }
}
