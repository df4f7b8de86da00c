import ArgumentParser
import Limbeck

/// `limbeck distill`: equations for a trained network, a column of a table, or a problem.
struct DistillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "distill",
    abstract: "Find equations for a trained network, a column of a table, or a recipe's problem.",
    discussion: """
      limbeck distill runs/heat
      limbeck distill data.csv --target y
      limbeck distill runs/heat --target sae.layer1.feature17

      INPUT is a run directory, whose unknown is distilled and checked against its equations (--target \
      names another unknown, a neuron such as layer1.neuron5, or a feature that 'limbeck sae' has found), or a \
      table (.csv .npy .npz .h5), whose target is a column: the last one unless --target names it. \
      The equations of a run go into the run, those of a table to --out, where each of several \
      targets has a directory of its name. A recipe (.yaml) is solved \
      without a network: formulas are fitted to its equations and conditions.

      On a terminal, q ends the search with the best so far.
      """)

  @Argument(help: "A run directory, a table or a recipe.")
  var input: String

  @OptionGroup var columns: ColumnOptions

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Seconds of search.", valueName: "seconds"))
  var time: Double?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Formulas to evaluate; unlike time, repeats bit by bit.", valueName: "n"))
  var evaluations: Int?

  @Flag(name: .long, help: "Continue the search that ended in the results' directory.")
  var resume = false

  @Option(
    name: .long, help: ArgumentHelp("By what the equation is chosen.", valueName: "criterion"))
  var select = ModelSelection.best

  @Option(
    name: .long,
    help: ArgumentHelp("Print nothing but the chosen equation, as source.", valueName: "language"))
  var export: ExportLanguage?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Search once for each seed, such as 1...5, and say in how many the same equation is best.",
      valueName: "list"),
    transform: SeedList.init)
  var seeds: SeedList?

  @OptionGroup(title: "Physics") var physics: PhysicsOptions

  @OptionGroup(title: "Table") var preparation: PreparationOptions

  @OptionGroup(title: "Start") var start: StartOptions

  @OptionGroup(title: "Formulas") var space: SpaceOptions

  @OptionGroup(title: "Record") var record: RecordOptions

  @OptionGroup(title: "General") var shared: SharedOptions

  func validate() throws {
    if resume && shared.force {
      throw ValidationError(
        "'--resume' continues a search and '--force' replaces it; use one of them.")
    }
    if resume, let option = start.given {
      throw ValidationError(
        "'--resume' goes on with the formulas that its search began with; leave out '\(option)'.")
    }
    if shared.json && export != nil {
      throw ValidationError("'--json' and '--export' print different things; use one of them.")
    }
    if seeds != nil {
      let others = [
        ("--seed", shared.seed != nil), ("--out", shared.out != nil), ("--resume", resume),
        ("--target", columns.targets.count > 1), (record.given ?? "", record.given != nil),
      ]
      if let other = others.first(where: \.1) {
        throw ValidationError(
          "'--seeds' makes several searches and '\(other.0)' is for one; use one of them.")
      }
    }
    try LimitCheck.positive(time, "--time")
    try LimitCheck.atLeast(1, evaluations, "--evaluations")
  }

  func run() throws {
    let kind = InputKind(input)
    try kind.check(
      input,
      [
        ("--target", !columns.target.isEmpty, [.run, .table]),
        ("--columns", columns.columns != nil, [.table]),
        ("--weights", columns.weights != nil, [.table]),
        ("--rows", columns.rows != nil, [.run, .table]),
        ("--resume", resume, [.run, .table]),
        ("--recipe", physics.recipe != nil, [.table]),
        ("--residual-weight", physics.residualWeight != nil, [.run, .table]),
        ("--select-k-features", preparation.features != nil, [.table]),
        ("--denoise", preparation.denoise, [.table]),
        ("--guess", !start.guess.isEmpty, [.table]),
        ("--start", start.start != nil, [.table]),
      ])
    if kind == .table, physics.residualWeight != nil, physics.recipe == nil {
      throw ValidationError("'--residual-weight' needs the table's problem; give its --recipe.")
    }
    let console = shared.console
    if let seeds {
      try distillRepeatedly(kind, seeds.seeds, console)
      return
    }
    if let distillers = try batch(kind, console) {
      try distillSideBySide(distillers, console)
      return
    }
    let distillation =
      switch kind {
      case .run: try distillRun(console)
      case .table: try distillTable(console)
      case .recipe: try solveRecipe(console)
      }
    try Output.write(distillation.json, asJSON: shared.json) {
      if let export { return distillation.source(export.style) }
      let place = shared.out ?? (kind == .run ? input : nil)
      return distillation.table + (place.map { "\n\nequations in \($0)" } ?? "")
    }
    try distillation.checkOutcome()
  }
}
