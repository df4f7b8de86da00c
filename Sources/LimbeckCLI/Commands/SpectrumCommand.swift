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
      limbeck spectrum runs/heat --factors 0.5,1,2,4 --retrain

      Spectra of every neuron and layer; of a run that was trained with --snapshots, also the error's \
      spectrum over training, and the order of learning that the tangent kernel of the initial weights \
      predicts, as they are and with the first layer's weights multiplied by --factors. With \
      --retrain these networks are trained too, and what was predicted stands beside what is seen. \
      Writes spectrum.json, spectra.csv and spectrum-training.csv into the run, or into --out.
      """)

  @Argument(help: ArgumentHelp("A run directory.", valueName: "run"))
  var directory: String

  @Option(
    help: ArgumentHelp(
      "What the first layer's weights are multiplied by. (default: 0.5,1,2,4)",
      valueName: "numbers"))
  var factors: FactorList?

  @Flag(help: "Train again with the first layer's weights multiplied.")
  var retrain = false

  @OptionGroup var shared: SharedOptions

  func run() throws {
    let stored = try StoredRun(directory, for: shared.studyPurpose)
    let snapshots = try stored.snapshots
    var report = try SpectrumReport(
      of: stored.solution, snapshots, trainedBy: stored.recipe,
      factors: factors?.factors ?? FirstLayerRescaling.factors, threads: shared.threadCount)
    if retrain {
      guard let snapshots else { throw SnapshotError.none(run: directory) }
      try report.retrain(
        stored.solution, snapshots, trainedBy: stored.recipe, threads: shared.threadCount
      ) { factor in
        shared.console.say("training with the first layer times \(NumberFormat.short(factor))")
      }
    }
    let place = try shared.keep(in: stored) { try report.write(to: $0) }
    try Output.write(report.json, asJSON: shared.json) {
      report.text + "\n\nspectra in \(place ?? directory)"
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
