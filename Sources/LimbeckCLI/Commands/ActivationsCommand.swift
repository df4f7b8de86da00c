import ArgumentParser
import Foundation
import Limbeck

/// `limbeck activations`: a trained network's activations, with physical fields beside them, as a file.
struct ActivationsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "activations",
    abstract: "Write a trained network's activations and physical fields to an HDF5 file.",
    discussion: """
      limbeck activations runs/heat --out heat.h5

      The file goes into the run as activations.h5, in the place of an earlier one, unless --out names \
      another file, or a directory for it. It holds /coordinates, /layer0, …, the network's fields \
      (/fields/u, u_x, u_xx, residual1, …) and, where the recipe knows them, the exact ones (/exact/u, …); \
      h5py reads it.
      """)

  @Argument(help: ArgumentHelp("A run directory.", valueName: "run"))
  var directory: String

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Points of a grid along each variable. Unless given, about 10,000 in all; of a network that was "
        + "fitted to a table alone, the table's rows.",
      valueName: "n"))
  var grid: Int?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Points in the place of a grid: a table with a column for each variable.",
      valueName: "table"))
  var points: String?

  @Option(
    help: ArgumentHelp(
      "Take the rows of the run's table: all, training, validation, test.", valueName: "part"))
  var split: TablePart?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A layer by its number or name, or 'last'; may be repeated. All unless given.",
      valueName: "layer"))
  var layer: [String] = []

  @Flag(name: .long, help: "Also write the weighted sums before the activations, as layer0.pre.")
  var pre = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Numbers of the layers, single or double; fields are double.", valueName: "precision"))
  var precision = ActivationExtraction.Precision.single

  @OptionGroup var shared: SharedOptions

  /// Points of a grid in all, unless the user says how many.
  private static let usualPoints = 10_000

  func validate() throws {
    try LimitCheck.atLeast(2, grid, "--grid")
    let places = [("--grid", grid != nil), ("--points", points != nil), ("--split", split != nil)]
      .filter(\.1).map { "'\($0.0)'" }
    if places.count > 1 {
      throw ValidationError(
        "\(places[0]) and \(places[1]) both say where; use one of them.")
    }
  }

  func run() throws {
    let stored = try StoredRun(directory, for: shared.out == nil ? .writing : .reading)
    let sites = try stored.solution.sites(named: layer, includingSums: pre)
    var extraction = try ActivationExtraction(
      stored.solution, problem: stored.recipe.problem, sites: sites,
      points: try samplePoints(stored.recipe.problem), threads: shared.threadCount)
    extraction.precision = precision
    let path = try destination(in: stored.directory)
    let checksum = try SHA256Digest(contentsOf: try stored.directory.path(of: .model))
    let console = shared.console
    console.warn(outside: extraction.points.outsideCount)
    let (total, start) = (extraction.points.count, Date.now)
    let summary = try extraction.write(to: path, modelChecksum: checksum.description) { done in
      console.progress {
        ProgressLine(
          activity: "activations", fraction: Double(done) / Double(total),
          details: [
            "\(Text.count(done)) of \(Text.count(total)) points",
            "\(Text.count(Int(Double(done) / -start.timeIntervalSinceNow))) points/s",
          ])
      }
      return Interruption.isRequested
    }
    console.clearLine()
    // Half a file is of no use; an earlier one is as it was.
    guard let summary else { throw ExitCode(Failure.interrupted) }
    if shared.out == nil { try stored.commit() }
    try Output.write(summary.json(file: path), asJSON: shared.json) {
      summary.table + "\n\nactivations in \(path)"
    }
  }

  private func samplePoints(_ problem: Problem) throws -> SamplePoints {
    if let points {
      return try SamplePoints(try Table(contentsOf: points), path: points, in: problem)
    }
    if let grid {
      return try SamplePoints(gridOf: problem, side: grid, threads: shared.threadCount)
    }
    return try SamplePoints(
      showing: problem, rows: Self.usualPoints, part: split, threads: shared.threadCount)
  }

  private func destination(in run: RunDirectory) throws -> String {
    guard let out = shared.out else { return try run.path(of: .activations) }
    let isFile = ["h5", "hdf5"].contains(URL(fileURLWithPath: out).pathExtension)
    let file =
      isFile
      ? out
      : URL(fileURLWithPath: out).appendingPathComponent(RunFile.activations.relativePath)
        .relativePath
    if FileSystem.exists(file) && !shared.force { throw ExistingFile(path: file) }
    if !isFile { try FileSystem.createDirectory(out) }
    return file
  }
}
