import Limbeck

/// A run with all that figures and a report show: what its directory holds, and what its network is
/// over the domain, outside and inside.
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
  ///   - kinds: The figures to prepare.
  ///   - layer: The layer to look into; the last one, and all that were taken apart, unless given.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: A `StoreFailure` for a file that is there and wrong.
  init(
    _ path: String, for purpose: RunDirectory.Purpose, showing kinds: [FigureKind],
    layer: String? = nil, threads: Int
  ) throws {
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
      let pictures = try NetworkPictures(of: stored, layer: layer, threads: threads)
      if layer != nil {
        results.features = results.features.filter { $0.site == pictures.site.name }
      }
      try results.look(into: pictures, for: Set(kinds))
    }
    self.results = results
  }

  /// Puts files that were written into the run on its list.
  func commit() throws {
    if let manifest = results.manifest { try directory.commit(manifest) }
  }
}

extension RunResults {
  /// Adds what figures of the network's inside show.
  fileprivate mutating func look(
    into pictures: NetworkPictures, for kinds: Set<FigureKind>
  ) throws {
    if kinds.contains(.activations) { activations = pictures.activations }
    if kinds.contains(.ablation) { ablations = pictures.ablations }
    if kinds.contains(.spectrum) { spectra = pictures.spectra }
    if !kinds.isDisjoint(with: [.features, .correlation, .cosines, .superposition]) {
      features = try features.map(pictures.completed)
    }
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
    let grid = hasFormula ? nil : measured?.grid
    // Thirds of a side are samples: cross-sections stand there.
    let domain =
      grid.map { DomainGrid($0, of: problem) } ?? DomainGrid(of: problem, side: 121, line: 511)
    return problem.unknowns.enumerated().map { index, unknown in
      let chosen = front.flatMap { $0.target == unknown ? $0.chosen?.equation : nil }
      return SampledField(
        unknown: unknown, grid: domain.grid,
        network: domain.values(of: index, in: solution, threads: threads),
        reference: problem.exact[index].flatMap(domain.values)
          ?? (hasFormula ? nil : measured?.values[unknown]),
        equation: chosen.flatMap { try? Expression(parsing: $0) }.flatMap(domain.values))
    }
  }
}
