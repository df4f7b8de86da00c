import ArgumentParser
import Limbeck

/// `limbeck patch`: what becomes of the solution when activations are changed.
struct PatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "patch",
    abstract: "Change activations and see what it does to u, its equations and its conditions.",
    discussion: """
      Changes are named by a layer (layer1), a neuron (layer1.neuron5), a direction in a layer's space \
      (layer1:weights.npy) or a feature of a layer's sparse autoencoder (sae.layer1.feature5). All that \
      are given happen together; --sweep tries every neuron of a layer, or every feature (sae.layer1), \
      on its own.

      limbeck patch runs/heat --zero layer1.neuron5
      limbeck patch runs/heat --scale layer0.neuron2=1.5 --clamp layer1=-0.5:0.5
      limbeck patch runs/heat --add sae.layer1.feature5=0.3
      limbeck patch runs/heat --sweep layer1 --by resample
      limbeck patch runs/heat --zero layer1 --fields effects.h5
      limbeck patch runs/heat --attribute last
      limbeck patch runs/heat --from runs/other --sweep all
      limbeck patch runs/heat --shift x=0.1 --path layer0.neuron3,layer1.neuron5

      With --from or --shift, activations of another run, or of moved inputs, are patched in (harm) and \
      out (restored): whole layers, with --sweep single neurons, with --path along a path of neurons. \
      Sweeps and patches are also written into the run, as patches.csv. --fields keeps what the changes \
      do at every point; --attribute puts the neurons' contributions beside the effects of their ablation.
      """)

  @Argument(help: ArgumentHelp("A run directory.", valueName: "run"))
  var directory: String

  @Option(help: ArgumentHelp("Hold at zero.", valueName: "where"))
  var zero: [String] = []

  @Option(help: ArgumentHelp("Hold at the mean over the domain.", valueName: "where"))
  var mean: [String] = []

  @Option(
    help: ArgumentHelp(
      "Take from another point of the domain, drawn at random.", valueName: "where"))
  var resample: [String] = []

  @Option(help: ArgumentHelp("Hold at a value.", valueName: "where=value"))
  var set: [String] = []

  @Option(help: ArgumentHelp("Multiply.", valueName: "where=factor"))
  var scale: [String] = []

  @Option(help: ArgumentHelp("Add a multiple of a direction.", valueName: "direction=factor"))
  var add: [String] = []

  @Option(help: ArgumentHelp("Take a direction out.", valueName: "direction"))
  var remove: [String] = []

  @Option(help: ArgumentHelp("Keep between bounds.", valueName: "where=lower:upper"))
  var clamp: [String] = []

  @Option(
    help: ArgumentHelp(
      "Ablate every neuron of a layer, of all, or every feature.", valueName: "layer"))
  var sweep: String?

  @Option(
    help: ArgumentHelp(
      "Table what every neuron of a layer, or of all, contributes.", valueName: "layer"))
  var attribute: String?

  @Option(
    help: ArgumentHelp("Write what the changes do at every point (.h5 or .csv).", valueName: "file")
  )
  var fields: String?

  @Option(help: "What takes the place of activations in a sweep.")
  var by: SubstituteOption?

  @Option(help: ArgumentHelp("A run of the same recipe to patch from.", valueName: "run"))
  var from: String?

  @Option(help: ArgumentHelp("Patch from inputs that are moved by so much.", valueName: "x=0.1,…"))
  var shift: String?

  @Option(
    help: ArgumentHelp("Patch a path of neurons alone.", valueName: "layer0.neuron3,…"))
  var path: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("About how many points to evaluate.", valueName: "n"))
  var rows = 10_000

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try LimitCheck.atLeast(16, rows, "--rows")
    try LimitCheck.atMost(10_000_000, rows, "--rows")
    let isPatch = from != nil || shift != nil
    let hasChanges = !changes.isEmpty || !resample.isEmpty
    if path != nil && !isPatch {
      throw ValidationError("'--path' belongs to '--from' or '--shift'.")
    }
    if isPatch && (hasChanges || by != nil || attribute != nil || (sweep != nil && path != nil)) {
      throw ValidationError("'--from' and '--shift' go with '--sweep' or '--path' alone.")
    }
    if !isPatch && [hasChanges, sweep != nil, attribute != nil].count(where: { $0 }) != 1 {
      throw ValidationError(
        "Name what to change, such as '--zero layer0.neuron3', or a --sweep, or an --attribute.")
    }
    if by != nil && sweep == nil && attribute == nil {
      throw ValidationError("'--by' belongs to '--sweep' and '--attribute'.")
    }
    if attribute != nil && by == .resample {
      throw ValidationError("'--attribute' needs a baseline: '--by zero' or '--by mean'.")
    }
    if let fields {
      guard hasChanges else { throw ValidationError("'--fields' belongs to changes by name.") }
      guard FieldFile(fields) != nil else {
        throw ValidationError("'--fields \(fields)' ends neither in .h5, .hdf5 nor in .csv.")
      }
    }
  }

  private var changes: [(verb: InterventionText.Verb, texts: [String])] {
    [
      (.zero, zero), (.mean, mean), (.set, set), (.scale, scale), (.add, add), (.remove, remove),
      (.clamp, clamp),
    ].filter { !$0.1.isEmpty }
  }

  func run() throws {
    let isKept = sweep != nil || attribute != nil || from != nil || shift != nil
    let stored = try StoredRun(directory, for: isKept ? shared.studyPurpose : .reading)
    if from != nil || shift != nil { return try patch(stored) }
    if let fields, FileSystem.exists(fields) && !shared.force {
      throw ExistingFile(path: fields, option: "--fields")
    }
    let study = try InterventionStudy(
      stored.solution, solving: stored.recipe.problem, rows: rows, threads: shared.threadCount)
    if let attribute { return try self.attribute(attribute, in: study, of: stored) }
    let seed = UInt64(shared.seed ?? stored.recipe.training.seed)
    let effects =
      try sweep.map {
        try sweep($0, in: study, by: (by ?? .zero).substitute(seed: seed))
      } ?? [try effect(in: study, of: stored, seed: seed)]
    if isKept {
      try keep(
        InterventionEffect.csv([study.baseline] + effects, stored.recipe.problem), as: .patches,
        in: stored)
    }
    let json = JSONValue.object([
      .init("baseline", study.baseline.json), .init("effects", .array(effects.map(\.json))),
    ])
    try Output.write(json, asJSON: shared.json) {
      InterventionEffect.table(study.baseline, effects, stored.recipe.problem)
    }
  }

  private func keep(
    _ table: CSVDocument, as study: RunFile.Study, in stored: StoredRun
  ) throws {
    _ = try shared.keep(in: stored) { try $0.write(table.text.utf8, as: .study(study, .csv)) }
  }

  /// Where the run's autoencoders are.
  private var autoencoders: String { "\(directory)/sae" }
}

// MARK: - Studies

extension PatchCommand {
  /// The effect of every neuron, or feature, on its own.
  private func sweep(
    _ text: String, in study: InterventionStudy, by substitute: InterventionStudy.Substitute
  ) throws -> [InterventionEffect] {
    guard text.hasPrefix("sae.") else {
      return try study.solution.sites(named: text == "all" ? [] : [text])
        .flatMap { study.sweep($0, by: substitute) }
    }
    let site = try study.solution.sites(named: [String(text.dropFirst(4))])[0]
    let autoencoder = try study.solution.autoencoder(at: site, in: autoencoders)
    return study.sweep(autoencoder, at: site, by: substitute)
  }

  /// The effect of all changes that are named, at every point too if `--fields` asks for it.
  private func effect(
    in study: InterventionStudy, of stored: StoredRun, seed: UInt64
  ) throws -> InterventionEffect {
    let list = changes.flatMap { change in change.texts.map { (change.verb, $0) } }
    let interventions = try list.flatMap {
      try InterventionText.interventions($0.1, by: $0.0, in: study, autoencoders: autoencoders)
    }
    let resamplings = try resample.map {
      try InterventionText.resampling($0, in: study.solution, autoencoders: autoencoders)
    }
    if let fields {
      try FieldFile(fields)?.write(
        study.fields(of: interventions, resampling: resamplings, seed: seed), of: stored)
    }
    let names = list.map { "\($0.0.rawValue) \($0.1)" } + resample.map { "resample \($0)" }
    return study.effect(
      of: interventions, resampling: resamplings, seed: seed,
      named: names.joined(separator: ", "))
  }

  /// What neurons contribute, beside what their ablation does.
  private func attribute(
    _ text: String, in study: InterventionStudy, of stored: StoredRun
  ) throws {
    let sites = try study.solution.sites(named: text == "all" ? [] : [text])
    let attributions = stored.recipe.problem.unknowns.indices.flatMap { output in
      sites.map {
        LayerAttribution(of: $0, to: output, in: study, from: by == .zero ? .zero : .mean)
      }
    }
    try keep(LayerAttribution.csv(attributions), as: .attribution, in: stored)
    let json = JSONValue.object([
      .init("baseline", .string(by == .zero ? "zero" : "mean")),
      .init("attributions", .array(attributions.map(\.json))),
    ])
    try Output.write(json, asJSON: shared.json) {
      (attributions.map(\.table) + [LayerAttribution.legend]).joined(separator: "\n\n")
    }
  }

  /// Patches between two runs or two inputs.
  private func patch(_ stored: StoredRun) throws {
    let other = try from.map { try StoredRun($0, for: .reading).solution }
    let study = try PatchStudy(
      stored.solution, against: other,
      shift: try shift.map { try PatchText.shift($0, in: stored.recipe.problem) },
      solving: stored.recipe.problem, rows: rows, threads: shared.threadCount)
    let effects: [PatchEffect]
    if let path {
      effects = [study.effect(along: try PatchText.path(path, in: stored.solution))]
    } else if let sweep {
      effects = try stored.solution.sites(named: sweep == "all" ? [] : [sweep])
        .flatMap(study.sweep)
    } else {
      effects = study.layers
    }
    try keep(PatchEffect.csv(effects, study, stored.recipe.problem), as: .patches, in: stored)
    try Output.write(PatchEffect.json(effects, study), asJSON: shared.json) {
      PatchEffect.table(study.baseline, effects, stored.recipe.problem)
    }
  }
}
