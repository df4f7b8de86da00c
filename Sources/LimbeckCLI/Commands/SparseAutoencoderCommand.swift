import ArgumentParser
import Limbeck

/// `limbeck sae`: the features that a layer's activations are made of.
struct SparseAutoencoderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sae",
    abstract: "Take a layer apart into sparse features, and say what each one is.",
    discussion: """
      Of a RUN, the activations of a layer are taken, on a grid of the domain or in the rows of the table \
      that the network was fitted to; features are compared with every physical \
      field, the reconstruction is put in the layer's place to see what it does to u, its equations and \
      its conditions, and --label finds an equation of each feature. ACTIVATIONS is a file of one row a \
      sample (.h5 .npy .npz .safetensors .csv; FILE:/NAME for one of several arrays). Weights are \
      written as SAELens 6 reads them. --synthetic needs no input.

      limbeck sae runs/heat --layer layer1 --features 64 --k 4 --label
      limbeck sae activations.npy --features 4096 --k 32 --out sae
      limbeck sae --synthetic --true-features 512 --dimension 64 --variant jumprelu
      """)

  @Argument(help: "A run directory or a file of activations.")
  var input: String?

  @Option(help: ArgumentHelp("The layer; the last one unless given.", valueName: "name"))
  var layer: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("About how many points of a run to take.", valueName: "n"))
  var rows: Int?

  @Option(
    help: ArgumentHelp(
      "Take the rows of a run's table: all, training, validation, test. All unless given, where the "
        + "network was fitted to nothing else.",
      valueName: "part"))
  var split: TablePart?

  @Option(
    help: ArgumentHelp(
      "Train once for each seed, such as 1...3, and say how well their features agree.",
      valueName: "list"),
    transform: SeedList.init)
  var seeds: SeedList?

  @Option(
    help: ArgumentHelp(
      "What to compare the features with: neurons,pca,ica,random, or 'none'. All of them unless given; "
        + "ica, which is slow, of at most \(Self.widestIterated) units.",
      valueName: "names"))
  var baselines: String?

  @Flag(help: "Find an equation of each feature.")
  var label = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Formulas to evaluate for each label.", valueName: "n"))
  var labelEvaluations = 20_000

  @Flag(
    help: ArgumentHelp(
      "Continue the training that ended in the results' directory.",
      discussion: """
        One that was interrupted, or killed, ends with the same bits as if it had not been. With --samples \
        or --epochs it gets another length: the learning rate is then what the schedule has for that \
        length from here on.
        """))
  var resume = false

  @OptionGroup(title: "Autoencoder") var options: SparseAutoencoderOptions

  @OptionGroup(title: "Known features") var superposition: SuperpositionOptions

  @OptionGroup(title: "General") var shared: SharedOptions

  /// The most units whose independent components are looked for unasked.
  private static let widestIterated = 256

  /// Points of a run, unless the user says how many.
  static let usualRows = 10_000

  func validate() throws {
    try LimitCheck.atLeast(1, labelEvaluations, "--label-evaluations")
    try LimitCheck.atLeast(16, rows, "--rows")
    try LimitCheck.atMost(100_000_000, rows, "--rows")
    _ = try chosenBaselines(width: 1)
    if (input == nil) != superposition.synthetic {
      throw ValidationError(
        superposition.synthetic
          ? "'--synthetic' makes its own samples; leave out '\(input ?? "")'."
          : "Name a run directory or a file of activations, or use --synthetic.")
    }
    if seeds != nil && shared.seed != nil {
      throw ValidationError("'--seeds' and '--seed' both say which seeds; use one of them.")
    }
    if superposition.synthetic { try refuse(notForSynthetic, "is not for '--synthetic'") }
    if resume {
      try refuse(
        fixedByCheckpoint, "was decided when the training began; leave it out to resume it")
    }
  }

  private func refuse(_ options: [(name: String, isGiven: Bool)], _ reason: String) throws {
    if let option = options.first(where: \.isGiven) {
      throw ValidationError("'\(option.name)' \(reason).")
    }
  }

  private var notForSynthetic: [(name: String, isGiven: Bool)] {
    [
      ("--layer", layer != nil), ("--rows", rows != nil), ("--split", split != nil),
      ("--label", label), ("--resume", resume), ("--out", shared.out != nil),
      ("--baselines", baselines != nil),
      ("--seeds", seeds != nil), ("--epochs", options.epochs != nil),
      ("--layout", !options.layout.isEmpty),
    ]
  }

  private var fixedByCheckpoint: [(name: String, isGiven: Bool)] {
    [
      (options.fixed ?? "", options.fixed != nil), ("--rows", rows != nil),
      ("--split", split != nil), ("--seed", shared.seed != nil), ("--seeds", seeds != nil),
      ("--force", shared.force),
    ]
  }

  private func chosenBaselines(width: Int) throws -> [FeatureBaseline] {
    guard let baselines else {
      return FeatureBaseline.allCases.filter {
        $0 != .independentComponents || width <= Self.widestIterated
      }
    }
    if baselines == "none" { return [] }
    return try baselines.split(separator: ",", omittingEmptySubsequences: false).map { name in
      guard let baseline = FeatureBaseline(rawValue: String(name)) else {
        throw ValidationError(
          "'\(name)' is no baseline; there are "
            + FeatureBaseline.allCases.map(\.rawValue).joined(separator: ", ") + ", or 'none'.")
      }
      return baseline
    }
  }

  func run() throws {
    guard let input else { return try recoverKnownFeatures() }
    if InputKind(input) == .run {
      try takeRunApart(input)
    } else {
      try takeFileApart(input)
    }
    if Interruption.isSignalled { throw ExitCode(Failure.interrupted) }
  }

  private func takeRunApart(_ path: String) throws {
    let stored = try StoredRun(path, for: shared.out == nil ? .writing : .reading)
    let settings = try options.applied(
      to: stored.recipe.sparseAutoencoder ?? SparseAutoencoderSettings())
    let site = try stored.solution.sites(named: [layer ?? settings.layer.description])[0]
    let seed = shared.seed ?? stored.recipe.training.seed
    let directory =
      try ownDirectory(site.name, seed: seed)
      ?? SparseAutoencoderDirectory(in: stored.directory, site: site.name)
    let earlier = resume ? try directory.checkpoint().activations : nil
    let rows = earlier == nil ? rows ?? Self.usualRows : earlier?.rows
    let part = earlier == nil ? split : earlier?.part
    let problem = stored.recipe.problem
    let physics = try LayerPhysics(
      of: stored.solution, at: site, solving: problem, rows: rows ?? Self.usualRows, part: part,
      threads: shared.threadCount)
    let study = SparseAutoencoderStudy(physics)
    let session = SparseAutoencoderSession(
      study: study, plan: plan(for: study, settings), seeds: seeds?.seeds ?? [seed],
      record: SparseAutoencoderDirectory.Activations(
        rows: rows, part: part, samples: study.activations.count,
        seed: earlier?.seed ?? seeds?.seeds.first ?? seed,
        checksum: try stored.modelChecksum),
      newLength: resume ? options.length(rows: study.activations.count) : nil,
      layouts: options.layout, baselines: try chosenBaselines(width: site.units),
      labeling: label
        ? FeatureLabeling(
          variables: problem.variableSymbols, points: physics.points,
          grammar: try Grammar(nameOrPath: "general"), evaluations: labelEvaluations) : nil,
      directory: directory, model: path, shared: shared)
    try finish(session, problem)
    if shared.out == nil { try stored.commit() }
  }

  private func takeFileApart(_ path: String) throws {
    for (name, isGiven) in [
      ("--label", label), ("--rows", rows != nil), ("--split", split != nil),
    ] where isGiven {
      throw ValidationError(
        "'\(name)' needs the network and its inputs, and a file has none; name a run directory.")
    }
    if layer != nil {
      throw ValidationError("'--layer' is for runs; name an array of a file as FILE:/NAME.")
    }
    if resume && shared.out == nil {
      throw ValidationError("'--resume' needs the --out directory of the training to continue.")
    }
    let settings = try options.applied(to: SparseAutoencoderSettings())
    let activations = try ActivationMatrix(contentsOf: path)
    for note in try ActivationSurvey(of: activations).notes {
      shared.console.say("warning: \(path): \(note)")
    }
    let study = SparseAutoencoderStudy(activations)
    var seed = shared.seed ?? 1
    let directory = try ownDirectory("activations", seed: seed)
    if resume, let earlier = try directory?.checkpoint().activations { seed = earlier.seed }
    try finish(
      SparseAutoencoderSession(
        study: study, plan: plan(for: study, settings), seeds: seeds?.seeds ?? [seed],
        record: SparseAutoencoderDirectory.Activations(
          rows: nil, part: nil, samples: activations.samples, seed: seeds?.seeds.first ?? seed,
          checksum: try activations.checksum.description),
        newLength: resume ? options.length(rows: activations.samples) : nil,
        layouts: options.layout, baselines: try chosenBaselines(width: activations.width),
        labeling: nil,
        directory: directory, model: path, shared: shared), nil)
  }

  private func plan(
    for study: SparseAutoencoderStudy, _ settings: SparseAutoencoderSettings
  ) -> (Int) -> SparseAutoencoderPlan {
    { options.applied(to: study.plan(settings, seed: $0, l0: options.l0)) }
  }

  private func ownDirectory(_ site: String, seed: Int) throws -> SparseAutoencoderDirectory? {
    try shared.out.map {
      try SparseAutoencoderDirectory(
        at: $0, site: site, seed: seeds?.seeds.first ?? seed, isResumed: resume,
        isReplaced: shared.force)
    }
  }

  /// Trains, keeps and prints.
  private func finish(_ session: SparseAutoencoderSession, _ problem: Problem?) throws {
    let result: SparseAutoencoderResult
    do {
      result = try session.run(resuming: resume)
      try session.directory?.commit()
    } catch {
      session.directory?.abandon()
      throw error
    }
    try Output.write(result.json, asJSON: shared.json) {
      result.text(problem) + (session.directory.map { "\n\nfeatures in \($0.place)" } ?? "")
    }
  }

  private func recoverKnownFeatures() throws {
    let model = superposition.model(seed: shared.seed ?? 1)
    var settings = SparseAutoencoderSettings()
    settings.features = model.features.rows
    let expected = Double(model.features.rows) * model.probability
    settings.active = max(1, Int(expected.rounded()))
    settings = try options.applied(to: settings)
    // Samples are drawn afresh: their number is that of the whole training.
    let plan = settings.plan(rows: 2_000_000, seed: shared.seed ?? 1, l0: options.l0)
    let session = SuperpositionSession(
      model: model, plan: options.applied(to: plan), shared: shared)
    let result = try session.run()
    try Output.write(result.json, asJSON: shared.json) { result.text }
    if Interruption.isSignalled { throw ExitCode(Failure.interrupted) }
  }
}
