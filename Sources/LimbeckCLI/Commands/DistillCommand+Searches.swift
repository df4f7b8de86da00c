import ArgumentParser
import Limbeck

extension DistillCommand {
  /// Equations of a trained network; those of an unknown go into the run.
  func distillRun(_ console: Console) throws -> Distillation {
    let stored = try StoredRun(input, for: shared.out == nil ? .writing : .reading)
    let plan = try plan(stored.recipe, target: columns.targets.first)
    var distiller = try plan.distiller(for: stored.solution, threads: shared.threadCount)
    if let out = shared.out { return try distill(with: distiller, into: out, console) }
    // The run's own files hold the equations of an unknown.
    guard plan.target.isUnknown else {
      return try distiller.run(console, record: openRecord(distiller.table.targetName.name))
        .choosing(by: select)
    }
    if resume { distiller.resuming = try SearchState(from: stored.directory) }
    let distillation = try distiller.run(
      console, record: openRecord(distiller.table.targetName.name)
    ).choosing(by: select)
    try distillation.write(to: stored.directory)
    try stored.commit()
    return distillation
  }

  /// Equations that solve a problem, found without a network.
  func solveRecipe(_ console: Console) throws -> Distillation {
    let distiller = try solver(seed: shared.seed)
    guard let out = shared.out else {
      return try distiller.run(console, record: openRecord(distiller.problem.unknowns[0])).choosing(
        by: select)
    }
    let directory = try OutputDirectory(
      out, shared: shared, seed: distiller.seed, resuming: false)
    return try directory.keep {
      try distiller.run(console, record: openRecord(distiller.problem.unknowns[0])).choosing(
        by: select)
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
    let distiller = try tableDistiller(threads: shared.threadCount)
    guard let out = shared.out else {
      guard !resume else { throw Self.missingDirectory }
      return try distiller.run(console, record: openRecord(distiller.table.targetName.name))
        .choosing(by: select)
    }
    return try distill(with: distiller, into: out, console)
  }

  /// The search for equations of the one column that is asked for.
  func tableDistiller(threads: Int) throws -> Distiller {
    var said: Set<String> = []
    return try distiller(
      of: try Table(contentsOf: input), columns.roles[0], threads: threads, said: &said)
  }

  /// The search for equations of one column, put back into the recipe's problem if there is one.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - roles: What its columns are.
  ///   - threads: The threads of the search.
  ///   - said: What was said of the table for other targets, which is not said again.
  /// - Returns: The search.
  /// - Throws: What is wrong with the table, its recipe, the grammar or the formulas to start from.
  func distiller(
    of table: Table, _ roles: TableSample.Roles, threads: Int, said: inout Set<String>
  ) throws -> Distiller {
    let seed = seeds?.seeds.first ?? shared.seed ?? 1
    let recipe = try physics.recipe.map { try Recipe(contentsOf: $0) }
    let settings = settings(recipe?.distillation)
    let grammar = try space.revised(try Grammar(nameOrPath: settings.grammar))
    let sample = try TableSample(
      table, path: input, roles: roles,
      preparation: preparation.preparation(
        rows: columns.rows, seed: seed, threads: shared.threadCount))
    let console = shared.console
    for note in sample.notes where said.insert("\(note)").inserted {
      console.say("\(input): \(note)")
    }
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
    try start.apply(to: &distiller, isOneOfSeveral: !roles.otherTargets.isEmpty, console)
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
      try distiller.run(console, record: openRecord(distiller.table.targetName.name)).choosing(
        by: select)
    }
  }

  private func openRecord(_ target: String) throws -> SearchRecord? {
    try record.open(for: [target], isContinued: resume, force: shared.force).first
  }

  /// What is wrong with a search that goes on from nowhere.
  static let missingDirectory = ValidationError(
    "'--resume' needs the --out directory of the search to continue.")

  /// The distillation of a run, as the recipe and the command line ask for it.
  func plan(_ recipe: Recipe, target: String?) throws -> DistillationPlan {
    var recipe = recipe
    recipe.distillation = settings(recipe.distillation)
    if let target { recipe.distillation?.target = target }
    if let seed = shared.seed { recipe.training.seed = seed }
    var plan = try DistillationPlan(recipe)
    plan.grammar = try space.revised(plan.grammar)
    plan.autoencoders = "\(input)/sae"
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
