import ArgumentParser
import Foundation
import Limbeck

/// `limbeck compare`: how alike the layers of networks are.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "See how alike layers are, within a network or between runs.",
    usage: "limbeck compare [<options>] <run> ...",
    discussion: """
      limbeck compare runs/heat                 every layer beside every other
      limbeck compare runs/heat runs/heat7      the layers of two seeds

      Centred kernel alignment (CKA) and singular-vector canonical correlation (SVCCA) of the layers' \
      activations over the first run's domain, and how many directions each layer uses. Wide layers are \
      alike before any training, so untrained networks of the same designs stand in brackets. Writes \
      representation.json and representation.csv into the first run, or into --out.
      """)

  @Argument(help: ArgumentHelp("Run directories.", valueName: "run"))
  var directories: [String]

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("About how many points to take.", valueName: "n"))
  var rows = 2500

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    try LimitCheck.atLeast(16, rows, "--rows")
    // A layer of all points is decomposed as one matrix.
    try LimitCheck.atMost(1_000_000, rows, "--rows")
    if Set(directories).count < directories.count {
      throw ValidationError("A run is named twice; name different ones, or one to look within it.")
    }
  }

  func run() throws {
    let first = try StoredRun(directories[0], for: shared.studyPurpose)
    let others = try directories.dropFirst().map { try StoredRun($0, for: .reading).solution }
    let comparison = try RepresentationComparison(
      Array(zip(directories, [first.solution] + others)).map { (name: $0, solution: $1) },
      solving: first.recipe.problem, rows: rows,
      seed: UInt64(shared.seed ?? first.recipe.training.seed), threads: shared.threadCount)
    let place = try shared.keep(in: first) { try comparison.write(to: $0) }
    try Output.write(comparison.json, asJSON: shared.json) {
      comparison.text + "\n\ncomparison in \(place ?? directories[0])"
    }
  }
}
