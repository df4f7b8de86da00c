import ArgumentParser
import Foundation
import Limbeck

/// `limbeck distill`: equations for a trained network or a column of a table.
struct DistillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "distill", abstract: "Find equations for a trained network or a column of a table.",
    discussion: """
      INPUT is a run directory, whose unknown is distilled and checked against its equations, or a \
      table (.csv .npy .npz .h5), whose target is a column: the last one unless --target names it.
      """)

  @Argument(help: "A run directory or a table.")
  var input: String

  @Option(name: .long, help: "What to explain: an unknown of the run, a column of the table.")
  var target: String?

  @Option(name: .long, help: "The search space: the name of a shipped grammar, or a file.")
  var grammar: String?

  @Option(name: .long, help: "Seconds of search.")
  var time: Double?

  @Option(name: .long, help: "Candidates to evaluate; unlike time, repeats bit by bit.")
  var evaluations: Int?

  @Option(name: .long, help: "Rows to use: grid points of a run, a random sample of a table.")
  var rows: Int?

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try LimitCheck.positive(time, "--time")
    try LimitCheck.positive(evaluations, "--evaluations")
    try LimitCheck.positive(rows, "--rows")
  }

  func run() throws {
    let console = shared.console
    let distillation: Distillation
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: input, isDirectory: &isDirectory),
      isDirectory.boolValue
    {
      distillation = try distillRun(console)
    } else {
      distillation = try distillTable(console)
    }
    Output.write(distillation.json, asJSON: shared.json) { distillation.table }
    if Interruption.isRequested { throw ExitCode(Failure.interrupted) }
    if distillation.best == nil { throw NoEquation() }
  }

  private func distillRun(_ console: Console) throws -> Distillation {
    let directory = try RunDirectory.open(input, for: .writing)
    var recipe = try Recipe(contentsOf: try directory.path(of: .recipe))
    var settings = recipe.distillation ?? DistillationSettings()
    override(&settings)
    recipe.distillation = settings
    if let seed = shared.seed { recipe.training.seed = seed }
    let plan = try DistillationPlan(recipe)
    let modelPath = try directory.path(of: .model)
    let solution = try TrainedNetwork(
      try SafetensorsFile(contentsOf: modelPath), path: modelPath)
    let distiller = try plan.distiller(for: solution, threads: shared.threadCount)
    let distillation = try distiller.run(console)
    if let out = shared.out {
      try OutputDirectory(out, shared: shared, seed: recipe.training.seed).write(distillation)
    } else {
      let manifest = try? directory.manifest()
      try distillation.write(to: directory)
      try directory.commit(
        manifest ?? Manifest(
          version: limbeckVersion, seed: recipe.training.seed,
          instructionSet: InstructionSet.current.name))
    }
    return distillation
  }

  private func distillTable(_ console: Console) throws -> Distillation {
    var settings = DistillationSettings()
    override(&settings)
    let seed = shared.seed ?? 1
    let sample = try TableSample(
      try Table(contentsOf: input), path: input, target: target, rows: rows, seed: seed)
    var distiller = Distiller(
      table: sample.table, grammar: try Grammar(nameOrPath: settings.grammar),
      budget: SearchBudget(
        seconds: settings.time, evaluations: settings.evaluations, targetLoss: 1e-24),
      threads: shared.threadCount)
    distiller.seed = seed
    let out = try shared.out.map { try OutputDirectory($0, shared: shared, seed: seed) }
    let distillation = try distiller.run(console)
    try out?.write(distillation)
    return distillation
  }

  private func override(_ settings: inout DistillationSettings) {
    if let grammar { settings.grammar = grammar }
    if let target { settings.target = target }
    if let rows { settings.rows = rows }
    // A limit on the command line replaces both limits of the recipe.
    if time != nil || evaluations != nil {
      settings.time = time
      settings.evaluations = evaluations
    }
  }
}
