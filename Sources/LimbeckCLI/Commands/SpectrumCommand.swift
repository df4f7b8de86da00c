import ArgumentParser
import Limbeck

/// `limbeck spectrum`: which frequencies neurons carry, and in which order they are learned.
struct SpectrumCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spectrum",
    abstract: "See which frequencies a network learns when, beside what its kernel predicts.",
    usage: "limbeck spectrum [<options>] <run>",
    discussion: """
      limbeck train Examples/heat/heat.yaml --snapshots 60
      limbeck spectrum runs/heat

      Spectra of every neuron and layer; of a run that was trained with --snapshots, also the error's \
      spectrum over training, and the order of learning that the tangent kernel of the initial weights \
      predicts, as they are and with the first layer's weights multiplied. Writes spectrum.json, \
      spectra.csv and spectrum-training.csv into the run.
      """)

  @Argument(help: ArgumentHelp("A run directory.", valueName: "run"))
  var directory: String

  @OptionGroup var shared: SharedOptions

  func run() throws {
    let stored = try StoredRun(directory, for: .writing)
    let report = try SpectrumReport(
      of: stored.solution, try stored.snapshots, trainedBy: stored.recipe,
      threads: shared.threadCount)
    try report.write(to: stored.directory)
    try stored.commit()
    try Output.write(report.json, asJSON: shared.json) {
      report.text + "\n\nspectra in \(directory)"
    }
  }
}

extension StoredRun {
  /// The weights over training; nil if the run kept none.
  var snapshots: WeightSnapshots? {
    get throws {
      do {
        return try WeightSnapshots(in: directory)
      } catch SnapshotError.none {
        return nil
      }
    }
  }
}
