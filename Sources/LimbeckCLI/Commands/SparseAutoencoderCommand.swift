import ArgumentParser
import Limbeck

/// `limbeck sae`: the features that a layer's activations are made of.
struct SparseAutoencoderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sae",
    abstract: "Take a layer apart into sparse features, and say what each one is.",
    discussion: """
      Of a RUN, the activations of a layer on a grid are taken; features are compared with every physical \
      field, and --label finds an equation of each. ACTIVATIONS is a file of one row a sample (.h5 .npy \
      .npz .safetensors .csv; FILE:/NAME for one of several arrays). Weights are written as SAELens 6 \
      reads them.

      limbeck sae runs/heat --layer layer1 --features 64 --k 4 --label
      limbeck sae activations.npy --features 4096 --k 32 --out sae
      """)

  @Argument(help: "A run directory or a file of activations.")
  var input: String

  @Option(help: ArgumentHelp("The layer; the last one unless given.", valueName: "name"))
  var layer: String?

  @Option(help: "How the features are made sparse.")
  var variant: SparseAutoencoderSettings.Variant?

  @Option(parsing: .unconditional, help: ArgumentHelp("Number of features.", valueName: "n"))
  var features: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Features that may be active at once.", valueName: "n"))
  var k: Int?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Passes over the activations.", valueName: "n"))
  var epochs: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("About how many points of a run to take.", valueName: "n"))
  var rows = 10_000

  @Flag(help: "Find an equation of each feature.")
  var label = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Formulas to evaluate for each label.", valueName: "n"))
  var labelEvaluations = 20_000

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    for (value, name) in [
      (features, "--features"), (k, "--k"), (epochs, "--epochs"),
      (labelEvaluations, "--label-evaluations"),
    ] { try LimitCheck.atLeast(1, value, name) }
    try LimitCheck.atLeast(16, rows, "--rows")
  }

  func run() throws {
    if InputKind(input) == .run {
      try takeRunApart()
    } else {
      try takeFileApart()
    }
  }

  private func takeRunApart() throws {
    let stored = try StoredRun(input, for: shared.out == nil ? .writing : .reading)
    let settings = try configured(stored.recipe.sparseAutoencoder)
    let name = layer ?? settings.layer.description
    let site = try stored.solution.sites(named: [name])[0]
    let study = try SparseAutoencoderStudy(
      of: stored.solution, at: site, solving: stored.recipe.problem, rows: rows,
      threads: shared.threadCount)
    let session = SparseAutoencoderSession(
      study: study, settings: settings, site: site.name,
      seed: shared.seed ?? stored.recipe.training.seed, shared: shared)
    let result = try session.run(
      labeling: label
        ? FeatureLabeling(
          variables: stored.recipe.problem.variableSymbols, points: study.points,
          grammar: try Grammar(nameOrPath: "general"), evaluations: labelEvaluations) : nil)
    if shared.out == nil {
      try result.write(to: stored.directory, model: input, site: site.name)
    } else {
      try keep(result, site: site.name)
    }
    try print(result, in: shared.out ?? "\(input)/sae/\(site.name)")
  }

  private func takeFileApart() throws {
    if label {
      throw ValidationError(
        "'--label' needs the network's inputs, and a file has none; name a run directory.")
    }
    if layer != nil {
      throw ValidationError("'--layer' is for runs; name an array of a file as FILE:/NAME.")
    }
    let settings = try configured(nil)
    let session = SparseAutoencoderSession(
      study: SparseAutoencoderStudy(try ActivationMatrix(contentsOf: input)),
      settings: settings, site: "activations", seed: shared.seed ?? 1, shared: shared)
    let result = try session.run(labeling: nil)
    if shared.out != nil { try keep(result, site: "activations") }
    try print(result, in: shared.out)
  }

  /// The recipe's settings, or the defaults, with those of the command line.
  private func configured(
    _ settings: SparseAutoencoderSettings?
  ) throws -> SparseAutoencoderSettings {
    var settings = settings ?? SparseAutoencoderSettings()
    settings.variant = variant ?? settings.variant
    settings.features = features ?? settings.features
    settings.active = k ?? min(settings.active, settings.features)
    settings.epochs = epochs ?? settings.epochs
    guard settings.active < settings.features else {
      throw ValidationError(
        "--k \(settings.active) is not below --features \(settings.features): fewer features must be "
          + "active than there are.")
    }
    return settings
  }

  /// Writes the files into the directory that `--out` names.
  private func keep(_ result: SparseAutoencoderResult, site: String) throws {
    guard let out = shared.out else { return }
    let directory = try RunDirectory.create(at: out, replacing: shared.force)
    do {
      try result.write(to: directory, model: input, site: site)
      try directory.commit(
        Manifest(
          version: limbeckVersion, seed: shared.seed ?? 1,
          instructionSet: InstructionSet.current.name))
    } catch {
      try? directory.abandon()
      throw error
    }
  }

  private func print(_ result: SparseAutoencoderResult, in place: String?) throws {
    try Output.write(result.json, asJSON: shared.json) {
      result.text + (place.map { "\n\nfeatures in \($0)" } ?? "")
    }
    if Interruption.isSignalled { throw ExitCode(Failure.interrupted) }
  }
}
