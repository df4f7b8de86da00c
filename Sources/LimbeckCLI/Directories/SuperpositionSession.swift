import Limbeck

/// A training on samples whose features are known.
struct SuperpositionSession {
  let model: SuperpositionModel
  let plan: SparseAutoencoderPlan
  let shared: SharedOptions

  /// Samples on which the autoencoder is measured, apart from those of its training.
  private static let measured = 20_000

  /// What was found of the known features.
  struct Result {
    let metrics: DictionaryMetrics
    let recovery: FeatureRecovery
    let meanF1: Double?
    let seconds: Double
    let samples: Int
  }

  /// Trains and compares.
  func run() throws -> Result {
    let console = shared.console
    console.say(
      "autoencoder of \(model.features.columns) units into \(plan.featureCount) features for "
        + "\(model.features.rows) known ones, \(plan.samples) samples")
    let trainer = try SparseAutoencoderTrainer(
      plan, source: SuperpositionSource(model, seed: plan.seed + 1), threads: shared.threadCount)
    let seconds = try trainer.run(console)
    let autoencoder = trainer.autoencoder
    var random = RandomStream(seed: plan.seed).child(2)
    var samples = Matrix<Float>(rows: Self.measured, columns: model.features.columns)
    var activities = Matrix<Float>(rows: Self.measured, columns: model.features.rows)
    activities.withUnsafeMutablePointer {
      model.draw(into: &samples, activities: $0, &random)
    }
    let recovery = FeatureRecovery(of: model.features, by: autoencoder.directions)
    let f1 = recovery.f1(features: autoencoder.encode(samples), activities: activities)
    return Result(
      metrics: try DictionaryMetrics(autoencoder, on: samples), recovery: recovery,
      meanF1: Statistics.mean(f1.compactMap(\.value)), seconds: seconds,
      samples: trainer.step * plan.batchRows)
  }
}

extension SuperpositionSession.Result {
  private var figures: [(name: String, title: String, value: Double?)] {
    [
      ("mmcs", "MMCS", recovery.meanMaximalCosine.value),
      ("mcc", "MCC", recovery.meanMatchedCosine.value),
      ("recovered", "above 0.9", recovery.recoveredFraction.value),
      ("uniqueness", "unique", recovery.uniqueness.value), ("f1", "F1", meanF1),
    ]
  }

  /// The recovery first, then the metrics, by name.
  var json: JSONValue {
    .object(
      [
        .init(
          "recovery",
          .object(
            figures.map { .init($0.name, $0.value.map { .number($0) } ?? .null) }))
      ] + (metrics.json.members ?? [])
        + [.init("seconds", .number(seconds)), .init("trained_samples", .integer(samples))])
  }

  /// The recovery and the metrics for people.
  var text: String {
    figures.map { "\($0.title) \($0.value.map(NumberFormat.short) ?? "–")" }
      .joined(separator: ", ") + "\n" + metrics.line
  }
}
