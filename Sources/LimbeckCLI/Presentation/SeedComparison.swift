import Limbeck

/// Autoencoders of the same activations that differ in their seed.
struct SeedComparison {
  private(set) var seeds: [Int]
  private var autoencoders: [SparseAutoencoder]
  private var metrics: [DictionaryMetrics]

  init(seed: Int, _ autoencoder: SparseAutoencoder, _ metrics: DictionaryMetrics) {
    seeds = [seed]
    autoencoders = [autoencoder]
    self.metrics = [metrics]
  }

  /// Adds another seed's.
  mutating func add(seed: Int, _ autoencoder: SparseAutoencoder, _ metrics: DictionaryMetrics) {
    seeds.append(seed)
    autoencoders.append(autoencoder)
    self.metrics.append(metrics)
  }

  /// The mean over ordered pairs of seeds of the mean largest |cosine| of a feature of one with the
  /// features of the other.
  var stability: Double? {
    let pairs = seeds.indices.flatMap { i in
      seeds.indices.filter { $0 != i }.compactMap { j in
        SeedStability.meanMaximalCosine(autoencoders[i].directions, autoencoders[j].directions)
          .value
      }
    }
    return pairs.isEmpty ? nil : pairs.reduce(0, +) / Double(pairs.count)
  }

  /// The figures of each seed by name.
  var json: JSONValue {
    .array(
      seeds.indices.map { i in
        .object([
          .init("seed", .integer(seeds[i])), .init("l0", .number(metrics[i].l0)),
          .init("dead", .integer(metrics[i].deadCount)),
          .init(
            "explained_variance",
            metrics[i].explainedVariance.value.map { .number($0) } ?? .null),
        ])
      })
  }

  /// The agreement for people.
  var text: String {
    let dead = metrics.map { "\($0.deadCount)" }.joined(separator: ", ")
    return "seeds \(seeds.map(\.description).joined(separator: ", ")): features of one have a "
      + "mean largest |cosine| of \(stability.map(NumberFormat.short) ?? "–") with those of "
      + "another; dead \(dead)"
  }
}
