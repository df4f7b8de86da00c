import Foundation
import Limbeck

/// A training of a sparse autoencoder, with its progress shown.
struct SparseAutoencoderSession {
  let study: SparseAutoencoderStudy
  let settings: SparseAutoencoderSettings
  let site: String
  let seed: Int
  let shared: SharedOptions

  /// Trains, measures and labels.
  func run(labeling: FeatureLabeling?) throws -> SparseAutoencoderResult {
    let console = shared.console
    let plan = settings.plan(rows: study.activations.count, seed: seed)
    let trainer = try SparseAutoencoderTrainer(
      plan, source: try study.source(seed: UInt64(seed)), threads: shared.threadCount)
    if study.activations.count < settings.features {
      console.say(
        "warning: \(study.activations.count) samples for \(settings.features) features; "
          + "features that few samples decide mean little")
    }
    console.say(
      "\(settings.variant.rawValue) autoencoder of \(study.activations.width) units into "
        + "\(settings.features) features, \(plan.samples) samples")
    let start = Date()
    while !trainer.isFinished && !Interruption.isRequested {
      let loss = try trainer.advance()
      console.progress {
        ProgressLine(
          activity: "training", fraction: Double(trainer.step) / Double(plan.steps),
          details: [
            "step \(trainer.step)", "loss \(NumberFormat.short(loss.total))",
            "L0 \(NumberFormat.short(loss.l0))", "dead \(trainer.deadCount)",
          ])
      }
    }
    console.clearLine()
    let autoencoder = trainer.autoencoder
    let report = try study.report(on: autoencoder)
    var labels: [Int: FeatureTable.Label] = [:]
    if let labeling, !Interruption.isRequested {
      let live = report.metrics.densities.indices.filter { report.metrics.densities[$0] > 0 }
      console.say("looking for equations of \(live.count) features")
      labels = try labeling.labels(
        of: report.features, live, seed: seed, threads: shared.threadCount,
        shouldStop: { Interruption.isRequested })
    }
    return SparseAutoencoderResult(
      autoencoder: autoencoder, report: report,
      features: FeatureTable(
        densities: report.metrics.densities, correlation: report.correlation, labels: labels),
      seconds: Date().timeIntervalSince(start), samples: trainer.step * plan.batchRows)
  }
}

/// What `limbeck sae` has found.
struct SparseAutoencoderResult {
  let autoencoder: SparseAutoencoder
  let report: SparseAutoencoderStudy.Report
  let features: FeatureTable
  let seconds: Double
  let samples: Int

  /// Writes the files of a site.
  func write(to directory: RunDirectory, model: String, site: String) throws {
    func path(_ file: RunFile.SparseAutoencoderFile) throws -> String {
      try directory.path(of: .sparseAutoencoder(site: site, file))
    }
    let folder = URL(fileURLWithPath: try path(.weights)).deletingLastPathComponent().path
    try FileSystem.createDirectory(folder)
    try autoencoder.write(to: folder, model: model, site: site)
    try directory.write(
      (json.text(.indented) + "\n").utf8, as: .sparseAutoencoder(site: site, .metrics))
    try features.csv.write(to: try path(.features))
  }

  /// The metrics by name, and what was written.
  var json: JSONValue {
    var members = report.metrics.json.members ?? []
    members.append(.init("seconds", .number(seconds)))
    members.append(.init("trained_samples", .integer(samples)))
    if let mean = report.correlation?.meanStrongest {
      members.append(.init("mean_max_correlation", .number(mean)))
      members.append(
        .init(
          "baselines",
          .object(
            report.baselines.map {
              .init($0.name.replacing(" ", with: "_"), .number($0.meanStrongest))
            })))
    }
    members.append(
      .init(
        "files",
        .array(RunFile.SparseAutoencoderFile.allCases.map { .string($0.rawValue) })))
    return .object(members)
  }

  /// The features and the metrics for people.
  var text: String {
    let metrics = report.metrics
    func short(_ metric: Metric) -> String { metric.value.map(NumberFormat.short) ?? "–" }
    var lines = [
      "L0 \(NumberFormat.short(metrics.l0)), dead \(metrics.deadCount) of "
        + "\(metrics.densities.count), explained variance \(short(metrics.explainedVariance)), "
        + "cosine \(short(metrics.cosine)), shrinkage \(short(metrics.shrinkage))"
    ]
    if let mean = report.correlation?.meanStrongest {
      let others = report.baselines.map { "\($0.name) \(NumberFormat.short($0.meanStrongest))" }
      lines.append(
        "mean largest |r| with a field: \(NumberFormat.short(mean)); "
          + others.joined(separator: ", "))
    }
    let rows = features.rows.filter { $0.density > 0 }.prefix(40).map { row in
      [
        "\(row.feature)", NumberFormat.short(row.density),
        row.field.map { "\($0.name) \(NumberFormat.short($0.r))" } ?? "–",
        row.label.map { NumberFormat.short($0.r2) } ?? "–",
        row.label.map { $0.equation.description } ?? "–",
      ]
    }
    let table = Text.table([["feature", "density", "field, r", "R²", "equation"]] + rows)
    return (lines + ["", table]).joined(separator: "\n")
  }
}
