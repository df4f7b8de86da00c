import Limbeck

/// What `limbeck sae` has found.
struct SparseAutoencoderResult {
  let autoencoder: SparseAutoencoder
  let report: SparseAutoencoderStudy.Report
  let features: FeatureTable
  let seconds: Double
  let samples: Int
  let others: SeedComparison?

  /// The inputs that neurons and features go with; nil where the inputs are not known.
  let inputs: (neurons: InputSensitivity, features: InputSensitivity)?
  let isKept: Bool

  /// The most features that are shown.
  private static let shown = 40

  /// The metrics by name, and what was written.
  var json: JSONValue {
    var members = report.metrics.json.members ?? []
    func append(_ name: String, _ value: JSONValue?) {
      if let value { members.append(.init(name, value)) }
    }
    append("seconds", .number(seconds))
    append("trained_samples", .integer(samples))
    append("mean_max_correlation", report.figures?.correlation.meanStrongest.map { .number($0) })
    append("splice", report.splice?.json)
    if report.figures != nil { append("physics", report.dictionary.json) }
    if !report.baselines.isEmpty { append("baselines", .array(report.baselines.map(\.json))) }
    if let inputs {
      append("inputs", ["neurons": inputs.neurons.json, "features": inputs.features.json])
    }
    append("seeds", others?.json)
    append("seed_stability", others?.stability.map { .number($0) })
    append(
      "files",
      .array(
        isKept
          ? RunFile.SparseAutoencoderFile.allCases.map { .string($0.rawValue) } : []))
    return .object(members)
  }

  /// The metrics, the physics and the features for people.
  ///
  /// - Parameter problem: The run's problem, for the names of unknowns.
  /// - Returns: A few tables.
  func text(_ problem: Problem?) -> String {
    var parts = [report.metrics.line]
    if let others { parts[0] += "\n" + others.text }
    if let problem, let splice = report.splice {
      parts.append(
        InterventionEffect.table(
          splice.original, [splice.reconstruction, splice.zero, splice.mean], problem)
          + "\n" + splice.recoveryLine)
    }
    if report.figures != nil || !report.baselines.isEmpty {
      parts.append(MeasuredDictionary.table([report.dictionary] + report.baselines))
    }
    if report.figures != nil { parts.append(features.table(limit: Self.shown)) }
    if let problem, !problem.isPosed, let inputs {
      parts.append(InputSensitivity.table(inputs.neurons, inputs.features, features))
    }
    return parts.joined(separator: "\n\n")
  }
}

extension DictionaryMetrics {
  /// The most important metrics in a line.
  var line: String {
    func short(_ metric: Metric) -> String { metric.value.map(NumberFormat.short) ?? "–" }
    return "L0 \(NumberFormat.short(l0)), dead \(deadCount) of \(densities.count), "
      + "explained variance \(short(explainedVariance)), cosine \(short(cosine)), "
      + "shrinkage \(short(shrinkage))"
  }
}
