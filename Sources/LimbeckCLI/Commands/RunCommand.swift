import ArgumentParser
import Limbeck

/// `limbeck run`: the main job, from a recipe to an equation that solves it.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Train, distil, verify, take apart and probe: whatever the recipe asks for.",
    usage: "limbeck run [<options>] <recipe>",
    discussion: """
      limbeck run Examples/heat/heat.yaml

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
    try checkLayer(recipe)
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
      if let settings = recipe.sparseAutoencoder {
        results.features = try takeApart(session, recipe.problem, settings)
      }
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
      results.text(recipe.problem) + "\n\nresults in \(path)"
    }
    guard let distillation = results.distillation else { throw ExitCode(Failure.interrupted) }
    try distillation.checkOutcome()
  }

  /// Refuses a layer to be taken apart that the network will not have.
  private func checkLayer(_ recipe: Recipe) throws {
    let names = recipe.network.hidden.indices.map { "layer\($0)" }
    if let layer = recipe.sparseAutoencoder?.layer.description, layer != "last",
      !names.contains(layer)
    {
      throw ExtractionError.noSite(layer, known: names)
    }
  }

  /// Trains a sparse autoencoder on a layer.
  private func takeApart(
    _ session: TrainingSession, _ problem: Problem, _ settings: SparseAutoencoderSettings
  ) throws -> SparseAutoencoderResult {
    let site = try session.solution.sites(named: [settings.layer.description])[0]
    let rows = SparseAutoencoderCommand.usualRows
    let study = SparseAutoencoderStudy(
      try LayerPhysics(
        of: session.solution, at: site, solving: problem, rows: rows, threads: shared.threadCount))
    let seed = session.run.trainer.recipe.training.seed
    return try SparseAutoencoderSession(
      study: study, plan: { study.plan(settings, seed: $0) },
      seeds: [seed],
      record: SparseAutoencoderDirectory.Activations(
        rows: rows, part: nil, samples: study.activations.count, seed: seed,
        checksum: try SHA256Digest(contentsOf: try session.directory.path(of: .model)).description),
      baselines: FeatureBaseline.allCases, labeling: nil,
      directory: SparseAutoencoderDirectory(in: session.directory, site: site.name),
      model: session.directory.path, shared: shared
    ).run()
  }
}

/// What the main job has found, as far as it came.
private struct RunResults {
  let summary: TrainingSummary
  var distillation: Distillation?
  var features: SparseAutoencoderResult?
  var probes: ProbeTable?

  /// The parts by name.
  var json: JSONValue {
    let parts: [(String, JSONValue?)] = [
      ("train", summary.json), ("distill", distillation?.json), ("sae", features?.json),
      ("probe", probes?.json),
    ]
    return .object(parts.compactMap { part in part.1.map { .init(part.0, $0) } })
  }

  /// The parts for people.
  func text(_ problem: Problem) -> String {
    [summary.table, distillation?.table, features?.text(problem), probes?.text].compactMap { $0 }
      .joined(separator: "\n\n")
  }
}
