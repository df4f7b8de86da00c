import ArgumentParser
import Limbeck

/// `limbeck run`: the main job, from a recipe to an equation that solves it.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Train, distil, verify and probe: whatever the recipe asks for.",
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
    if recipe.sparseAutoencoder != nil {
      console.say("note: this version trains, distils, verifies and probes; 'sae' is left out")
    }
    let plan = try DistillationPlan(recipe)
    try plan.checkTarget()
    let session = try TrainingSession(
      recipe, at: shared.directory(for: self.recipe), shared: shared, curves: curves.tensorboard,
      resuming: false)
    let (results, path) = try session.finish { session in
      let summary = try session.train(console)
      console.say(summary.line)
      var results = RunResults(summary: summary)
      guard summary.end != .interrupted else { return results }
      var plan = plan
      if !session.solution.coefficients.isEmpty {
        recipe.problem = recipe.problem.settingParameters(session.solution.foundParameters)
        plan = try DistillationPlan(recipe)
      }
      let distiller = try plan.distiller(
        for: session.solution, threads: shared.threadCount)
      let distillation = try distiller.run(console)
      try distillation.write(to: session.directory)
      results.distillation = distillation
      if recipe.probe != nil {
        console.say("probing \(session.solution.network.sites.count) layers")
        let probes = try ProbeTable(
          ProbeStudy(of: session.solution, as: recipe, threads: shared.threadCount).run())
        try probes.write(to: session.directory)
        results.probes = probes
      }
      return results
    }
    try Output.write(results.json, asJSON: shared.json) {
      results.text + "\n\nresults in \(path)"
    }
    guard let distillation = results.distillation else { throw ExitCode(Failure.interrupted) }
    try distillation.checkOutcome()
  }
}

/// What the main job has found, as far as it came.
private struct RunResults {
  let summary: TrainingSummary
  var distillation: Distillation?
  var probes: ProbeTable?

  /// The parts by name.
  var json: JSONValue {
    let parts: [(String, JSONValue?)] = [
      ("train", summary.json), ("distill", distillation?.json), ("probe", probes?.json),
    ]
    return .object(parts.compactMap { part in part.1.map { .init(part.0, $0) } })
  }

  /// The parts for people.
  var text: String {
    [summary.table, distillation?.table, probes?.text].compactMap { $0 }
      .joined(separator: "\n\n")
  }
}
