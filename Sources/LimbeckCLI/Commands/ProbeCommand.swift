import ArgumentParser
import Limbeck

/// `limbeck probe`: what can be read linearly from a layer, beside what can be read without it.
struct ProbeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe",
    abstract: "Read derivatives from hidden layers by linear probes, with controls.",
    discussion: """
      limbeck probe runs/heat --targets u_x,u_xx

      Of a RUN, every hidden layer is probed for every derivative of its equations, or for --targets. \
      Results go to standard output and into the run. Without a run, --activations and \
      --target-file name files of one row a sample (.npy .npz .h5 .csv .safetensors; FILE:/NAME for \
      one of several arrays).
      """)

  @Argument(help: ArgumentHelp("A run directory.", valueName: "run"))
  var directory: String?

  @Option(
    name: .long, help: ArgumentHelp("What to read, such as u_x,u_xx.", valueName: "names"))
  var targets: String?

  @Option(name: .long, help: ArgumentHelp("The layers to read from.", valueName: "names"))
  var layers: String?

  @Option(name: .long, help: "Least squares, or ridge with a penalty chosen by cross-validation.")
  var kind: ProbeSettings.Kind?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("About how many points to probe.", valueName: "n"))
  var rows = 10_000

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Resamples of the confidence intervals.", valueName: "n"))
  var resamples = 1000

  @Option(name: .long, help: ArgumentHelp("Activations to probe without a run.", valueName: "file"))
  var activations: String?

  @Option(
    name: .long, help: ArgumentHelp("The values to read, a column each.", valueName: "file"))
  var targetFile: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Where the samples lie, a column for each variable.", valueName: "file"))
  var coordinates: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The same activations of an untrained network; may be repeated.", valueName: "file"))
  var untrained: [String] = []

  @Flag(
    name: .long,
    help: "Read from single neurons, small sets of them and differences like stencils instead.")
  var neurons = false

  @Flag(
    name: .long,
    help: "Probe every moment of training that was kept by --snapshots instead.")
  var overTraining = false

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try LimitCheck.atLeast(16, rows, "--rows")
    // All layers are in memory, in Double.
    try LimitCheck.atMost(1_000_000, rows, "--rows")
    if neurons && overTraining {
      throw ValidationError("'--neurons' and '--over-training' are studies of their own; use one.")
    }
    if overTraining && directory == nil {
      throw ValidationError("'--over-training' needs a run, whose training kept its weights.")
    }
    try LimitCheck.atLeast(0, resamples, "--resamples")
    try LimitCheck.atMost(100_000, resamples, "--resamples")
    if (directory == nil) == (activations == nil) {
      throw ValidationError("Give a run directory, or --activations with --target-file.")
    }
    if (activations == nil) != (targetFile == nil) {
      throw ValidationError("'--activations' and '--target-file' go together; give both.")
    }
    if directory == nil && layers != nil {
      throw ValidationError("'--layers' is for a run; a file holds one layer.")
    }
    if directory != nil, let option = fileOptions.first(where: \.isGiven) {
      throw ValidationError("'\(option.name)' is for files; a run knows it itself.")
    }
  }

  private var fileOptions: [(name: String, isGiven: Bool)] {
    [("--coordinates", coordinates != nil), ("--untrained", !untrained.isEmpty)]
  }

  func run() throws {
    if let directory {
      try probeRun(directory)
    } else if let activations, let targetFile {
      try probeFiles(activations, targetFile)
    }
  }

  private func probeFiles(_ activations: String, _ targetFile: String) throws {
    let files = ProbeFiles(
      activations: activations, targets: targetFile, coordinates: coordinates,
      untrained: untrained)
    let study = configured(try files.study(reading: names(targets)))
    if neurons { return try write(try NeuronReadings(study), to: nil) }
    let table = ProbeTable(try study.run())
    _ = try shared.keep(in: nil) { try table.write(to: $0) }
    try Output.write(table.json, asJSON: shared.json) { table.text }
  }

  private func probeRun(_ path: String) throws {
    let stored = try StoredRun(path, for: shared.studyPurpose)
    if overTraining { return try probeTraining(stored) }
    var study = try ProbeStudy(
      of: stored.solution, solving: stored.recipe.problem,
      reading: names(targets) ?? stored.recipe.probe?.targets, layers: names(layers), rows: rows,
      seed: UInt64(shared.seed ?? stored.recipe.training.seed), threads: shared.threadCount)
    study = configured(study, asked: stored.recipe.probe?.kind)
    if neurons { return try write(try NeuronReadings(study), to: stored) }
    let table = ProbeTable(try study.run())
    let place = try shared.keep(in: stored) { try table.write(to: $0) }
    try Output.write(table.json, asJSON: shared.json) {
      table.text + "\n\nprobes in \(place ?? path)"
    }
  }

  private func probeTraining(_ stored: StoredRun) throws {
    let history = try ProbeHistory(
      of: stored.solution, try WeightSnapshots(in: stored.directory),
      solving: stored.recipe.problem, reading: names(targets) ?? stored.recipe.probe?.targets,
      layers: names(layers), rows: min(rows, 2500),
      seed: UInt64(shared.seed ?? stored.recipe.training.seed), threads: shared.threadCount)
    _ = try shared.keep(in: stored) {
      try $0.write(history.csv.text.utf8, as: .study(.probesTraining, .csv))
    }
    try Output.write(history.json, asJSON: shared.json) { history.text }
  }

  private func write(_ readings: NeuronReadings, to stored: StoredRun?) throws {
    _ = try shared.keep(in: stored) {
      try $0.write(readings.csv.text.utf8, as: .study(.readings, .csv))
    }
    try Output.write(readings.json, asJSON: shared.json) { readings.text }
  }

  /// The study with the options that every input has.
  private func configured(_ study: ProbeStudy, asked: ProbeSettings.Kind? = nil) -> ProbeStudy {
    var study = study
    study.kinds = [(kind ?? asked) == .linear ? .linear : .ridge]
    study.resamples = resamples
    study.seed = UInt64(shared.seed ?? Int(study.seed))
    study.threads = shared.threadCount
    return study
  }

  private func names(_ list: String?) -> [String]? {
    list?.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
  }
}
