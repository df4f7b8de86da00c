public import RunStore

/// What a dictionary of activations is worth: the same figures for a sparse autoencoder and for the
/// baselines that it has to beat.
public struct MeasuredDictionary: Sendable {
  /// The dictionary's name.
  public let name: String

  /// Reconstruction by as many features of a sample as the autoencoder uses, over all samples.
  public let metrics: DictionaryMetrics

  /// What the physics says of it; nil where it is not known.
  public let physics: DictionaryPhysics?

  /// Number of features whose activations are looked at.
  public let featureCount: Int

  /// The figures by name; what is not defined is null.
  public var json: JSONValue {
    .object(
      [
        .init("name", .string(name)), .init("features", .integer(featureCount)),
        .init("l0", .number(metrics.l0)), .init("dead", .integer(metrics.deadCount)),
        .init(
          "explained_variance", metrics.explainedVariance.value.map { .number($0) } ?? .null),
      ] + (physics?.json.members ?? []))
  }
}
