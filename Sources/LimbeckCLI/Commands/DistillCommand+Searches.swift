import ArgumentParser
import Limbeck

extension DistillCommand {
  /// One search for each of several targets; nil for a single one.
  func batch(_ kind: InputKind) throws -> [Distiller]? {
    guard kind != .recipe, shared.out == nil else {
      guard columns.target.count > 1 else { return nil }
      throw ValidationError("'--out' holds the equations of one target; name one --target.")
    }
    switch kind {
    case .recipe: return nil
    case .table:
      guard columns.target.count > 1 else { return nil }
      let table = try Table(contentsOf: input)
      return try columns.roles.map {
        try distiller(of: table, $0, seed: shared.seed ?? 1, threads: 1)
      }
    case .run:
      guard !columns.target.isEmpty else { return nil }
      let stored = try StoredRun(input, for: .reading)
      let plans = try columns.target.map { try plan(stored.recipe, target: $0) }
      let isLayer = plans.contains { if case .layer = $0.target { true } else { false } }
      guard isLayer || plans.count > 1 else { return nil }
      return try plans.flatMap { try $0.distillers(for: stored.solution, threads: 1) }
    }
  }

  /// Equations of a trained network; those of an unknown go into the run.
  func distillRun(_ console: Console) throws -> Distillation {
    let stored = try StoredRun(input, for: shared.out == nil ? .writing : .reading)
    let plan = try plan(stored.recipe, target: columns.target.first)
    var distiller = try plan.distiller(for: stored.solution, threads: shared.threadCount)
    if let out = shared.out { return try distill(with: distiller, into: out, console) }
    // The run's own files hold the equations of an unknown.
    guard plan.target.isUnknown else {
      return try distiller.run(console, record: openRecord()).choosing(by: select)
    }
    if resume { distiller.resuming = try SearchState(from: stored.directory) }
    let distillation = try distiller.run(console, record: openRecord()).choosing(by: select)
    try distillation.write(to: stored.directory)
    let manifest = try? stored.directory.manifest()
    try stored.directory.commit(
      manifest
        ?? Manifest(
          version: limbeckVersion, seed: plan.recipe.training.seed,
          instructionSet: InstructionSet.current.name))
    return distillation
  }

  /// Equations that solve a problem, found without a network.
  func solveRecipe(_ console: Console) throws -> Distillation {
    let distiller = try solver(seed: shared.seed)
    guard let out = shared.out else {
      return try distiller.run(console, record: openRecord()).choosing(by: select)
    }
    let directory = try OutputDirectory(
      out, shared: shared, seed: distiller.seed, resuming: false)
    return try directory.keep {
      try distiller.run(console, record: openRecord()).choosing(by: select)
    }
  }

  /// The search for a solution of the recipe; nil stands for the recipe's seed.
  func solver(seed: Int?) throws -> ResidualDistiller {
    let recipe = try Recipe(contentsOf: input)
    let settings = settings(recipe.distillation)
    return try ResidualDistiller(
      recipe.problem, grammar: try space.revised(try Grammar(nameOrPath: settings.grammar)),
      budget: SearchBudget(seconds: settings.time, evaluations: settings.evaluations),
      seed: seed ?? recipe.training.seed, threads: shared.threadCount)
  }

  /// Equations of a table's column.
  func distillTable(_ console: Console) throws -> Distillation {
    let distiller = try distiller(
      of: try Table(contentsOf: input), columns.roles[0], seed: shared.seed ?? 1,
      threads: shared.threadCount)
    guard let out = shared.out else {
      guard !resume else {
        throw ValidationError("'--resume' needs the --out directory of the search to continue.")
      }
      return try distiller.run(console, record: openRecord()).choosing(by: select)
    }
    return try distill(with: distiller, into: out, console)
  }

  /// The search for equations of one column, put back into the recipe's problem if there is one.
  func distiller(
    of table: Table, _ roles: TableSample.Roles, seed: Int, threads: Int
  ) throws -> Distiller {
    let recipe = try physics.recipe.map { try Recipe(contentsOf: $0) }
    let settings = settings(recipe?.distillation)
    let grammar = try space.revised(try Grammar(nameOrPath: settings.grammar))
    let sample = try TableSample(
      table, path: input, roles: roles,
      preparation: preparation.preparation(
        rows: columns.rows, seed: seed, threads: shared.threadCount))
    let console = shared.console
    for note in sample.notes { console.say("\(input): \(note)") }
    try recipe?.problem.check(fits: sample.table, path: input)
    var distiller = Distiller(
      table: sample.table, grammar: grammar,
      budget: SearchBudget(
        seconds: settings.time, evaluations: settings.evaluations,
        targetLoss: sample.roundingLoss),
      problem: recipe?.problem, threads: threads)
    distiller.seed = seed
    distiller.residualWeight = settings.residualWeight
    distiller.searchedTarget = sample.smoothedTarget
    distiller.confirmation = sample.confirmation
    try start.apply(to: &distiller, console)
    return distiller
  }

  /// Searches, or searches on, with the results in a directory of their own.
  private func distill(
    with distiller: Distiller, into out: String, _ console: Console
  ) throws -> Distillation {
    var distiller = distiller
    let directory = try OutputDirectory(
      out, shared: shared, seed: distiller.seed, resuming: resume)
    if resume { distiller.resuming = try directory.search }
    return try directory.keep { [distiller] in
      try distiller.run(console, record: openRecord()).choosing(by: select)
    }
  }

  private func openRecord() throws -> SearchRecord? {
    try record.open(isContinued: resume, force: shared.force)
  }

  /// The distillation of a run, as the recipe and the command line ask for it.
  func plan(_ recipe: Recipe, target: String?) throws -> DistillationPlan {
    var recipe = recipe
    recipe.distillation = settings(recipe.distillation)
    if let target { recipe.distillation?.target = target }
    if let seed = shared.seed { recipe.training.seed = seed }
    var plan = try DistillationPlan(recipe)
    plan.grammar = try space.revised(plan.grammar)
    return plan
  }

  /// What the recipe asks for, as the command line has it.
  private func settings(_ recipe: DistillationSettings?) -> DistillationSettings {
    var settings = recipe ?? DistillationSettings()
    if let grammar = space.grammar { settings.grammar = grammar }
    if let rows = columns.rows { settings.rows = rows }
    if let weight = physics.residualWeight { settings.residualWeight = weight }
    // A limit on the command line replaces both limits of the recipe.
    if time != nil || evaluations != nil {
      settings.time = time
      settings.evaluations = evaluations
    }
    return settings
  }
}
