import ArgumentParser
import Limbeck

/// `limbeck patch`: what becomes of the solution when activations are changed.
struct PatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "patch",
    abstract: "Change activations and see what it does to u, its equations and its conditions.",
    discussion: """
      Changes are named by a layer (layer1), a neuron (layer1.neuron5) or a direction in a layer's space \
      (layer1:weights.npy). All that are given happen together; --sweep tries every neuron of a layer \
      on its own.

      limbeck patch runs/heat --zero layer1.neuron5
      limbeck patch runs/heat --scale layer0.neuron2=1.5 --clamp layer1=-0.5:0.5
      limbeck patch runs/heat --sweep layer1 --by mean
      limbeck patch runs/heat --from runs/other --sweep all
      limbeck patch runs/heat --shift x=0.1 --path layer0.neuron3,layer1.neuron5

      With --from or --shift, activations of another run, or of moved inputs, are patched in (harm) and \
      out (restored): whole layers, with --sweep single neurons, with --path along a path of neurons. \
      Sweeps and patches are also written into the run, as patches.csv.
      """)

  @Argument(help: ArgumentHelp("A run directory.", valueName: "run"))
  var directory: String

  @Option(help: ArgumentHelp("Hold at zero.", valueName: "where"))
  var zero: [String] = []

  @Option(help: ArgumentHelp("Hold at the mean over the domain.", valueName: "where"))
  var mean: [String] = []

  @Option(help: ArgumentHelp("Hold at a value.", valueName: "where=value"))
  var set: [String] = []

  @Option(help: ArgumentHelp("Multiply.", valueName: "where=factor"))
  var scale: [String] = []

  @Option(help: ArgumentHelp("Add a multiple of a direction.", valueName: "layer:file=factor"))
  var add: [String] = []

  @Option(help: ArgumentHelp("Take a direction out.", valueName: "layer:file"))
  var remove: [String] = []

  @Option(help: ArgumentHelp("Keep between bounds.", valueName: "where=lower:upper"))
  var clamp: [String] = []

  @Option(help: ArgumentHelp("Ablate every neuron of a layer, or of all.", valueName: "layer"))
  var sweep: String?

  @Option(help: "What takes the place of activations in a sweep.")
  var by: InterventionStudy.Ablation?

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
    let isPatch = from != nil || shift != nil
    if isPatch {
      guard changes.isEmpty && by == nil && (sweep == nil || path == nil) else {
        throw ValidationError("'--from' and '--shift' go with '--sweep' or '--path' alone.")
      }
      return
    }
    if path != nil { throw ValidationError("'--path' belongs to '--from' or '--shift'.") }
    if changes.isEmpty == (sweep == nil) {
      throw ValidationError("Name what to change, such as '--zero layer0.neuron3', or a --sweep.")
    }
    if by != nil && sweep == nil { throw ValidationError("'--by' belongs to '--sweep'.") }
  }

  private var changes: [(verb: InterventionText.Verb, texts: [String])] {
    [
      (.zero, zero), (.mean, mean), (.set, set), (.scale, scale), (.add, add), (.remove, remove),
      (.clamp, clamp),
    ].filter { !$0.1.isEmpty }
  }

  func run() throws {
    if from != nil || shift != nil { return try patch() }
    let stored = try StoredRun(directory, for: sweep == nil ? .reading : .writing)
    let study = try InterventionStudy(
      stored.solution, solving: stored.recipe.problem, rows: rows, threads: shared.threadCount)
    let effects: [InterventionEffect]
    if let sweep {
      let sites = try stored.solution.sites(named: sweep == "all" ? [] : [sweep])
      effects = sites.flatMap { study.sweep($0, by: by ?? .zero) }
    } else {
      let list = changes.flatMap { change in change.texts.map { (change.verb, $0) } }
      let interventions = try list.map {
        try InterventionText.intervention($0.1, by: $0.0, in: study)
      }
      let name = list.map { "\($0.0.rawValue) \($0.1)" }.joined(separator: ", ")
      effects = [study.effect(of: interventions, named: name)]
    }
    if sweep != nil {
      try stored.write(
        InterventionEffect.csv([study.baseline] + effects, stored.recipe.problem), as: .patches)
    }
    let json = JSONValue.object([
      .init("baseline", study.baseline.json), .init("effects", .array(effects.map(\.json))),
    ])
    try Output.write(json, asJSON: shared.json) {
      InterventionEffect.table(study.baseline, effects, stored.recipe.problem)
    }
  }

  /// Patches between two runs or two inputs.
  private func patch() throws {
    let stored = try StoredRun(directory, for: .writing)
    let other = try from.map { try StoredRun($0, for: .reading).solution }
    let study = try PatchStudy(
      stored.solution, against: other,
      shift: try shift.map { try PatchText.shift($0, in: stored.recipe.problem) },
      solving: stored.recipe.problem, rows: min(rows, 2500), threads: shared.threadCount)
    let effects: [PatchStudy.Effect]
    if let path {
      effects = [study.effect(along: try PatchText.path(path, in: stored.solution))]
    } else if let sweep {
      effects = try stored.solution.sites(named: sweep == "all" ? [] : [sweep])
        .flatMap(study.sweep)
    } else {
      effects = study.layers
    }
    try stored.write(PatchStudy.Effect.csv(effects), as: .patches)
    try Output.write(PatchStudy.Effect.json(effects), asJSON: shared.json) {
      PatchStudy.Effect.table(effects)
    }
  }
}
