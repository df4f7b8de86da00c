import ArgumentParser
import Limbeck

/// `limbeck run`: the main job, from a recipe to an equation that solves it.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Train, distil and verify: whatever the recipe asks for.",
    discussion: """
      Writes a run directory, runs/NAME for NAME.yaml unless --out gives another, with the network, \
      the history and the equations. Ctrl-C saves what there is; a second one stops at once.
      """)

  @Argument(help: "The recipe, a YAML file.")
  var recipe: String

  @OptionGroup var curves: CurveOptions
  @OptionGroup var shared: SharedOptions

  func run() throws {
    let console = shared.console
    var recipe = try Recipe(self.recipe, shared: shared)
    // The main job ends in an equation even where the recipe says nothing of it.
    if recipe.distillation == nil { recipe.distillation = DistillationSettings() }
    if recipe.sparseAutoencoder != nil || recipe.probe != nil {
      console.say("note: this version trains, distils and verifies; 'sae' and 'probe' are left out")
    }
    let plan = try DistillationPlan(recipe)
    try plan.checkTarget()
    let session = try TrainingSession(
      recipe, at: shared.directory(for: self.recipe), shared: shared, curves: curves.tensorboard,
      resuming: false)
    let (results, path) = try session.finish { session in
      let summary = try session.train(console)
      console.say(summary.line)
      guard summary.end != .interrupted else { return (summary, nil as Distillation?) }
      var plan = plan
      if !session.solution.coefficients.isEmpty {
        recipe.problem = recipe.problem.settingParameters(session.solution.foundParameters)
        plan = try DistillationPlan(recipe)
      }
      let distiller = try plan.distiller(
        for: session.solution, threads: shared.threadCount)
      let distillation = try distiller.run(console)
      try distillation.write(to: session.directory)
      return (summary, distillation)
    }
    let (summary, distillation) = results
    var members: [JSONValue.Member] = [.init("train", summary.json)]
    if let distillation { members.append(.init("distill", distillation.json)) }
    try Output.write(.object(members), asJSON: shared.json) {
      [summary.table, distillation?.table, "results in \(path)"].compactMap { $0 }
        .joined(separator: "\n\n")
    }
    guard let distillation else { throw ExitCode(Failure.interrupted) }
    try distillation.checkOutcome()
  }
}
