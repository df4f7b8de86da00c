import ArgumentParser
import Foundation
import Limbeck

/// The training of a sparse autoencoder on a layer or a file, what it is worth, and where that is kept.
struct SparseAutoencoderSession {
  let study: SparseAutoencoderStudy

  /// The plan for a seed.
  let plan: (_ seed: Int) -> SparseAutoencoderPlan

  /// The first one's autoencoder is the result; of the others only their agreement with it is of interest.
  let seeds: [Int]

  /// The activations, for a training that is to go on with the same.
  let record: SparseAutoencoderDirectory.Activations

  /// The length of a training that goes on, in samples; nil for what was planned.
  var newLength: Int?

  /// Other projects' layouts to write.
  var layouts: [SparseAutoencoderLayout] = []

  let baselines: [FeatureBaseline]
  let labeling: FeatureLabeling?

  /// Where everything is kept; nil for nowhere.
  let directory: SparseAutoencoderDirectory?

  /// What the activations are of.
  let model: String

  let shared: SharedOptions

  /// Trains, measures, labels and writes.
  ///
  /// - Parameter isResumed: Whether the training in the directory goes on.
  /// - Returns: What was found.
  /// - Throws: What is wrong with the activations, the plan or the checkpoint.
  func run(resuming isResumed: Bool = false) throws -> SparseAutoencoderResult {
    let console = shared.console
    let trainer = try isResumed ? resumedTrainer() : trainer(seed: seeds[0])
    for layout in layouts { try layout.check(trainer.autoencoder) }
    warn(trainer.plan, console)
    let seconds = try trainer.run(console) { try directory?.save(trainer, record) }
    let autoencoder = trainer.autoencoder
    let report = try study.report(on: autoencoder, beside: baselines)
    var labels: [Int: FeatureTable.Label] = [:]
    if let labeling, !Interruption.isRequested {
      let live = report.metrics.densities.indices.filter { report.metrics.densities[$0] > 0 }
      console.say("looking for equations of \(live.count) features")
      labels = try labeling.labels(
        of: report.features, live, seed: seeds[0], threads: shared.threadCount,
        shouldStop: { Interruption.isRequested })
    }
    let result = SparseAutoencoderResult(
      autoencoder: autoencoder, report: report, features: FeatureTable(report, labels: labels),
      seconds: seconds, samples: trainer.step * trainer.plan.batchRows,
      others: try others(beside: autoencoder, report.metrics, console),
      inputs: study.physics.map { ($0.neuronSensitivity, $0.sensitivity(of: report.features)) },
      isKept: directory != nil)
    try directory?.write(result, model: model, layouts: layouts)
    return result
  }

  private func trainer(seed: Int) throws -> SparseAutoencoderTrainer {
    let plan = self.plan(seed)
    try checkMemory(plan)
    return try SparseAutoencoderTrainer(
      plan, source: try study.source(seed: UInt64(seed)), threads: shared.threadCount)
  }

  /// Refuses what the machine's memory cannot hold, rather than be ended for it later.
  private func checkMemory(_ plan: SparseAutoencoderPlan) throws {
    let (width, features) = (Double(study.activations.width), Double(plan.featureCount))
    // Parameters, gradient and two moments; of a batch its activations and preactivations; and, when the
    // features are compared with each other, the cosine of each two.
    let numbers = 4 * 2 * width * features + Double(plan.batchRows) * (2 * width + features)
    let needed = 4e-9 * numbers + 8e-9 * features * features
    let available = 1e-9 * Double(ProcessInfo.processInfo.physicalMemory)
    guard needed < available else {
      throw ValidationError(
        "\(plan.featureCount) features of \(study.activations.width) units in batches of "
          + "\(plan.batchRows) need \(NumberFormat.short(needed)) GB, and there are "
          + "\(NumberFormat.short(available)) GB; use fewer --features or a smaller --batch.")
    }
  }

  private func resumedTrainer() throws -> SparseAutoencoderTrainer {
    guard let directory else { preconditionFailure("a training goes on where it was kept") }
    let (file, activations) = try directory.checkpoint()
    try directory.check(record, are: activations, isOfRun: study.physics != nil)
    let trainer = try SparseAutoencoderTrainer(
      resuming: file, samples: newLength, source: try study.source(seed: UInt64(record.seed)),
      threads: shared.threadCount)
    if trainer.isFinished {
      if let newLength {
        throw ValidationError(
          "The training has seen \(trainer.step * trainer.plan.batchRows) samples already, and "
            + "\(newLength) are asked for; ask for more.")
      }
      shared.console.say("the training had ended; --samples or --epochs make it longer")
    }
    return trainer
  }

  private func warn(_ plan: SparseAutoencoderPlan, _ console: Console) {
    if study.activations.count < plan.featureCount {
      console.say(
        "warning: \(study.activations.count) sample\(study.activations.count == 1 ? "" : "s") for \(plan.featureCount) features; "
          + "features that few samples decide mean little")
    }
    console.say(
      "autoencoder of \(study.activations.width) units into \(plan.featureCount) features, "
        + "\(plan.samples) samples")
  }

  /// The agreement of other seeds.
  private func others(
    beside first: SparseAutoencoder, _ metrics: DictionaryMetrics, _ console: Console
  ) throws -> SeedComparison? {
    guard seeds.count > 1 else { return nil }
    var comparison = SeedComparison(seed: seeds[0], first, metrics)
    for seed in seeds.dropFirst() where !Interruption.isRequested {
      let trainer = try trainer(seed: seed)
      _ = try trainer.run(console, "seed \(seed)")
      let autoencoder = trainer.autoencoder
      comparison.add(
        seed: seed, autoencoder, try DictionaryMetrics(autoencoder, on: study.activations))
    }
    return comparison
  }
}
