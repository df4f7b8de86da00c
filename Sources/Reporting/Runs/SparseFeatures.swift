internal import RunStore

/// The sparse features that a layer was taken apart into, as `sae/<site>` holds them, and what only the
/// network's owner can add.
public struct SparseFeatures: Sendable, Equatable {
  /// One feature.
  public struct Feature: Sendable, Equatable {
    /// Its index in the dictionary.
    public let index: Int

    /// The share of samples on which it is active; 0 for a dead one.
    public let density: Double

    /// The physical field that it goes with best, if fields are known.
    public let field: String?

    /// Pearson's r with that field.
    public let correlation: Double?

    /// The equation of its activation, if one was found.
    public let equation: String?

    /// R² of the equation.
    public let rSquared: Double?
  }

  /// The layer.
  public let site: String

  /// All features, those that are active most often first.
  public let features: [Feature]

  /// The mean number of active features.
  public let meanActive: Double?

  /// The share of the activations' variance that the features explain.
  public let explainedVariance: Double?

  /// The activations of the features over the domain.
  public var maps: FieldMaps?

  /// How the features go with physical fields.
  public var correlations: NamedTable?

  /// How neurons and features go with the network's inputs, of a network that was fitted to a table alone.
  public var inputs: InputCorrelations?

  /// The direction of each feature in the layer's space, `[features][units]`.
  public var directions: [[Double]]?

  /// Gathers features.
  ///
  /// - Parameters:
  ///   - site: The layer.
  ///   - features: The features.
  ///   - meanActive: The mean number of active features.
  ///   - explainedVariance: The share of the activations' variance that they explain.
  public init(
    site: String, features: [Feature], meanActive: Double? = nil,
    explainedVariance: Double? = nil
  ) {
    self.site = site
    self.features = features
    self.meanActive = meanActive
    self.explainedVariance = explainedVariance
  }

  /// Reads the features of a site.
  ///
  /// - Parameters:
  ///   - site: The site.
  ///   - table: The contents of `features.csv`.
  ///   - metrics: The contents of `metrics.json`, if they are there.
  ///   - path: The folder's name for errors.
  /// - Throws: ``ReportingError/malformed(path:detail:)``.
  public init(
    site: String, parsing table: [UInt8], metrics: [UInt8]?, path: String
  ) throws(ReportingError) {
    let records = try NamedRecords(parsing: table, path: "\(path)/features.csv")
    try records.require("feature", "density")
    var features: [Feature] = []
    for row in records.indices {
      let index = try records.number("feature", row) ?? -1
      guard let index = Int(exactly: index), index >= 0 else {
        throw .malformed(
          path: "\(path)/features.csv", detail: "'feature' of row \(row + 1) is no index")
      }
      features.append(
        Feature(
          index: index, density: try records.number("density", row) ?? 0,
          field: records.text("field", row),
          correlation: try records.number("correlation", row),
          equation: records.text("equation", row), rSquared: try records.number("r2", row)))
    }
    let document = metrics.flatMap { try? JSONValue(parsing: $0) }
    self.init(
      site: site, features: features, meanActive: document?["l0"]?.double,
      explainedVariance: document?["explained_variance"]?.double)
  }

  /// The features that are ever active, the most active first.
  public var live: [Feature] {
    features.filter { $0.density > 0 }.sorted {
      ($1.density, $0.index) < ($0.density, $1.index)
    }
  }
}
