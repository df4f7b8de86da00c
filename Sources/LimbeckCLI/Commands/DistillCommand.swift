import ArgumentParser
import Foundation
import Limbeck

/// `limbeck distill`: equations for a trained network or a column of a table.
struct DistillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "distill",
    abstract: "Find equations for a trained network, a column of a table, or a recipe's problem.",
    discussion: """
      INPUT is a run directory, whose unknown is distilled and checked against its equations, or a \
      table (.csv .npy .npz .h5), whose target is a column: the last one unless --target names it. \
      The equations of a run go into the run, those of a table to --out. A recipe (.yaml) is solved \
      without a network: formulas are fitted to its equations and conditions.
      """)

  @Argument(help: "A run directory, a table or a recipe.")
  var input: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What to explain: an unknown of the run, layer0, layer0.neuron5, layer0:weights.npy; "
        + "a column of the table.",
      valueName: "name"))
  var target: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The search space: \(Grammar.shippedNames.joined(separator: ", ")), or a file.",
      valueName: "name|file"))
  var grammar: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Seconds of search.", valueName: "seconds"))
  var time: Double?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Formulas to evaluate; unlike time, repeats bit by bit.", valueName: "n"))
  var evaluations: Int?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Rows to use: grid points of a run, a random sample of a table.", valueName: "n"))
  var rows: Int?

  @Flag(name: .long, help: "Continue the search that ended in the results' directory.")
  var resume = false

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if resume && shared.force {
      throw ValidationError(
        "'--resume' continues a search and '--force' replaces it; use one of them.")
    }
    try LimitCheck.positive(time, "--time")
    try LimitCheck.atLeast(1, evaluations, "--evaluations")
    try LimitCheck.atLeast(2, rows, "--rows")
  }

  func run() throws {
    let console = shared.console
    var isDirectory: ObjCBool = false
    let isRun =
      FileManager.default.fileExists(atPath: input, isDirectory: &isDirectory)
      && isDirectory.boolValue
    if isRun, let distillations = try distillLayer(console) {
      let json = JSONValue.object([.init("targets", .array(distillations.map(\.json)))])
      try Output.write(json, asJSON: shared.json) {
        distillations.map(\.line).joined(separator: "\n")
      }
      return
    }
    let isRecipe = input.hasSuffix(".yaml") || input.hasSuffix(".yml")
    let distillation =
      try isRun
      ? distillRun(console) : isRecipe ? solveRecipe(console) : distillTable(console)
    try Output.write(distillation.json, asJSON: shared.json) {
      let place = shared.out ?? (isRun ? input : nil)
      return distillation.table + (place.map { "\n\nequations in \($0)" } ?? "")
    }
    try distillation.checkOutcome()
  }

  /// Equations for each neuron of a layer, searched for side by side; nil for any other target.
  private func distillLayer(_ console: Console) throws -> [Distillation]? {
    guard target != nil, shared.out == nil else { return nil }
    let stored = try StoredRun(input, for: .reading)
    var recipe = stored.recipe
    recipe.distillation = settings(recipe.distillation)
    if let seed = shared.seed { recipe.training.seed = seed }
    let plan = try DistillationPlan(recipe)
    guard case .layer = plan.target else { return nil }
    let distillers = try plan.distillers(for: stored.solution, threads: 1)
    console.say("searching equations for \(distillers.count) neurons")
    return try Distiller.run(distillers, threads: shared.threadCount) { Interruption.isRequested }
  }

  private func distillRun(_ console: Console) throws -> Distillation {
    let stored = try StoredRun(input, for: shared.out == nil ? .writing : .reading)
    var recipe = stored.recipe
    recipe.distillation = settings(recipe.distillation)
    if let seed = shared.seed { recipe.training.seed = seed }
    let plan = try DistillationPlan(recipe)
    var distiller = try plan.distiller(
      for: stored.solution, threads: shared.threadCount)
    // The run's own files hold the equations of an unknown.
    guard plan.target.isUnknown || shared.out != nil else {
      return try distiller.run(console)
    }
    if let out = shared.out {
      return try distill(with: distiller, into: out, console)
    }
    if resume { distiller.resuming = try SearchState(from: stored.directory) }
    let distillation = try distiller.run(console)
    try distillation.write(to: stored.directory)
    let manifest = try? stored.directory.manifest()
    try stored.directory.commit(
      manifest
        ?? Manifest(
          version: limbeckVersion, seed: recipe.training.seed,
          instructionSet: InstructionSet.current.name))
    return distillation
  }

  private func solveRecipe(_ console: Console) throws -> Distillation {
    guard !resume else {
      throw ValidationError("'--resume' continues the search of a run or a table, not of a recipe.")
    }
    var recipe = try Recipe(contentsOf: input)
    if let seed = shared.seed { recipe.training.seed = seed }
    let settings = settings(recipe.distillation)
    let distiller = try ResidualDistiller(
      recipe.problem, grammar: try Grammar(nameOrPath: settings.grammar),
      budget: SearchBudget(seconds: settings.time, evaluations: settings.evaluations),
      seed: recipe.training.seed, threads: shared.threadCount)
    guard let out = shared.out else { return try distiller.run(console) }
    let directory = try OutputDirectory(
      out, shared: shared, seed: recipe.training.seed, resuming: false)
    return try directory.keep { try distiller.run(console) }
  }

  private func distillTable(_ console: Console) throws -> Distillation {
    let settings = settings(nil)
    let grammar = try Grammar(nameOrPath: settings.grammar)
    let seed = shared.seed ?? 1
    let sample = try TableSample(
      try Table(contentsOf: input), path: input, target: target, rows: rows, seed: seed)
    var distiller = Distiller(
      table: sample.table, grammar: grammar,
      budget: SearchBudget(
        seconds: settings.time, evaluations: settings.evaluations,
        targetLoss: sample.roundingLoss),
      threads: shared.threadCount)
    distiller.seed = seed
    guard let out = shared.out else {
      guard !resume else {
        throw ValidationError("'--resume' needs the --out directory of the search to continue.")
      }
      return try distiller.run(console)
    }
    return try distill(with: distiller, into: out, console)
  }

  /// Searches, or searches on, with the results in a directory of their own.
  private func distill(
    with distiller: Distiller, into out: String, _ console: Console
  ) throws -> Distillation {
    var distiller = distiller
    let directory = try OutputDirectory(
      out, shared: shared, seed: distiller.seed, resuming: resume)
    if resume { distiller.resuming = try directory.search }
    return try directory.keep { [distiller] in try distiller.run(console) }
  }

  /// What the recipe asks for, as the command line has it.
  private func settings(_ recipe: DistillationSettings?) -> DistillationSettings {
    var settings = recipe ?? DistillationSettings()
    if let grammar { settings.grammar = grammar }
    if let target { settings.target = target }
    if let rows { settings.rows = rows }
    // A limit on the command line replaces both limits of the recipe.
    if time != nil || evaluations != nil {
      settings.time = time
      settings.evaluations = evaluations
    }
    return settings
  }
}
