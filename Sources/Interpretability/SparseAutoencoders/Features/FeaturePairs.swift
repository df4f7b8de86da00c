public import Tensors

/// Whether two features together say more of a physical field than either does.
public struct FeaturePairs: Sendable, Equatable {
  /// What is said of one field.
  public struct Field: Sendable, Equatable {
    /// The field's name.
    public let name: String

    /// The feature that says most, and R² of the field regressed on it.
    public let single: (feature: Int, r2: Double)

    /// The two features that say most together, and R² of the field regressed on both.
    public let pair: (first: Int, second: Int, r2: Double)

    /// What the best pair adds: its R² less that of the best single feature.
    public var gain: Double { pair.r2 - single.r2 }

    /// Whether two fields have the same features and figures.
    public static func == (left: Field, right: Field) -> Bool {
      left.name == right.name && left.single == right.single && left.pair == right.pair
    }
  }

  /// The fields that vary, where at least two features do.
  public let fields: [Field]

  /// The mean over the fields of what the best pair adds.
  public var meanGain: Double? { Statistics.mean(fields.map(\.gain)) }

  /// Of more features, those with the strongest correlations are paired.
  private static let limit = 256

  /// Two features that share more of their variance than this are one.
  private static let copies = 1 - 1e-9

  /// Pairs features, all with all.
  ///
  /// With the correlations r₁, r₂ of the two with the field and ρ with each other,
  ///
  /// ```
  /// R² = (r₁² + r₂² − 2 r₁ r₂ ρ) / (1 − ρ²)
  /// ```
  ///
  /// - Parameters:
  ///   - features: Shape `[samples, features]`.
  ///   - correlation: What they go with; it is of the same features.
  /// - Complexity: O(features² · (samples + fields)) for at most 256 features.
  public init(of features: Matrix<Float>, _ correlation: FieldCorrelation) {
    let strongest = (0..<features.columns).compactMap { feature in
      correlation.strongest(feature).map { (feature, abs($0.r)) }
    }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    let chosen = strongest.prefix(Self.limit).map(\.0).sorted()
    let mutual = Self.correlations(features, chosen)
    fields = correlation.fields.indices.compactMap { field in
      let r = chosen.map { correlation.coefficients[$0][field] }
      guard chosen.count > 1, r.contains(where: { $0 != nil }) else { return nil }
      var single = (feature: chosen[0], r2: -1.0)
      var pair = (first: chosen[0], second: chosen[1], r2: -1.0)
      for i in chosen.indices {
        guard let a = r[i] else { continue }
        if a * a > single.r2 { single = (chosen[i], a * a) }
        for j in 0..<i {
          guard let b = r[j] else { continue }
          let shared = mutual[i, j]
          guard shared * shared < Self.copies else { continue }
          let r2 = (a * a + b * b - 2 * a * b * shared) / (1 - shared * shared)
          if r2 > pair.r2 { pair = (chosen[j], chosen[i], min(1, r2)) }
        }
      }
      // Two of a kind add nothing.
      pair.r2 = max(pair.r2, single.r2)
      return Field(name: correlation.fields[field], single: single, pair: pair)
    }
  }

  /// Pearson's r of each two features.
  private static func correlations(_ features: Matrix<Float>, _ chosen: [Int]) -> Matrix<Double> {
    var columns = Matrix<Double>(rows: features.rows, columns: chosen.count)
    for (j, feature) in chosen.enumerated() {
      let values = features.column(feature).map(Double.init)
      let mean = Statistics.mean(values) ?? 0
      let norm = Statistics.sum(values.lazy.map { ($0 - mean) * ($0 - mean) }).squareRoot()
      guard norm > 0 else { continue }
      for i in values.indices { columns[i, j] = (values[i] - mean) / norm }
    }
    return columns.gram
  }
}
