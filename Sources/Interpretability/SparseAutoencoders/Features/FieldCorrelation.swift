public import Tensors

/// How features of a dictionary go with physical fields, sample by sample.
public struct FieldCorrelation: Sendable {
  /// The fields' names.
  public let fields: [String]

  /// Pearson's r of each feature with each field, `[features][fields]`; nil where one is constant.
  public let coefficients: [[Double?]]

  /// Correlates features with fields.
  ///
  /// - Parameters:
  ///   - features: Shape `[samples, features]`.
  ///   - fields: Names and values, one for each sample; samples where one is not finite are left out
  ///     for that field.
  /// - Complexity: O(samples · features · fields).
  public init(_ features: Matrix<Float>, with fields: [(name: String, values: [Double])]) {
    self.fields = fields.map(\.name)
    let columns = (0..<features.columns).map { features.column($0).map(Double.init) }
    coefficients = columns.map { column in
      fields.map { Self.correlation(column, $0.values) }
    }
  }

  /// The field that a feature goes with best.
  ///
  /// - Parameter feature: The feature's index.
  /// - Returns: The field's name and r; nil for a feature that is constant.
  public func strongest(_ feature: Int) -> (field: String, r: Double)? {
    zip(fields, coefficients[feature]).compactMap { field, r in r.map { (field, $0) } }
      .max { abs($0.1) < abs($1.1) }
  }

  /// The mean over features of the largest |r|, those that are constant left out.
  public var meanStrongest: Double? {
    Statistics.mean(coefficients.indices.compactMap { strongest($0).map { abs($0.r) } })
  }

  private static func correlation(_ x: [Double], _ y: [Double]) -> Double? {
    precondition(x.count == y.count, "a field has a value for each sample")
    let rows = y.indices.filter { y[$0].isFinite }
    guard let meanX = Statistics.mean(rows.map { x[$0] }),
      let meanY = Statistics.mean(rows.map { y[$0] })
    else { return nil }
    let xx = Statistics.sum(rows.lazy.map { (x[$0] - meanX) * (x[$0] - meanX) })
    let yy = Statistics.sum(rows.lazy.map { (y[$0] - meanY) * (y[$0] - meanY) })
    let xy = Statistics.sum(rows.lazy.map { (x[$0] - meanX) * (y[$0] - meanY) })
    guard xx > 0, yy > 0 else { return nil }
    return max(-1, min(1, xy / (xx * yy).squareRoot()))
  }
}
