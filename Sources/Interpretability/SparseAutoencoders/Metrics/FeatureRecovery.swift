public import Tensors

/// How much of a known dictionary a learned one has found.
///
/// The sign of a direction does not matter.
public struct FeatureRecovery: Sendable, Equatable {
  /// MMCS: the mean over true features of the largest |cosine| with a learned direction.
  public let meanMaximalCosine: Metric

  /// MCC: the mean |cosine| of the pairs of the best one-to-one matching.
  public let meanMatchedCosine: Metric

  /// The share of true features whose largest |cosine| exceeds 0.9.
  public let recoveredFraction: Metric

  /// The share of true features whose closest direction is the closest of no other true feature.
  public let uniqueness: Metric

  /// For each true feature the closest learned direction.
  public let closest: [Int]

  /// The |cosine| above which a feature counts as recovered.
  public static let threshold = 0.9

  /// Compares directions.
  ///
  /// - Parameters:
  ///   - truth: The true ones, `[true features, width]`.
  ///   - directions: The learned ones, `[features, width]`.
  /// - Complexity: O(n³) in the number of features, for the matching.
  public init(of truth: Matrix<Float>, by directions: Matrix<Float>) {
    let table = CosineTable(truth, directions)
    guard truth.rows > 0, directions.rows > 0 else {
      let none = Metric.undefined("there are no directions")
      (meanMaximalCosine, meanMatchedCosine, recoveredFraction, uniqueness) =
        (none, none, none, none)
      closest = []
      return
    }
    let maxima = table.rowMaxima
    let count = Double(truth.rows)
    meanMaximalCosine = table.meanRowMaximum
    recoveredFraction = .value(Double(maxima.count { $0.value > Self.threshold }) / count)
    closest = maxima.map(\.column)
    var owners = [Int](repeating: 0, count: directions.rows)
    for column in closest { owners[column] += 1 }
    uniqueness = .value(Double(closest.count { owners[$0] == 1 }) / count)
    let weights = truth.rows <= directions.rows ? table.values : table.values.transposed
    let matched = Assignment(maximizing: weights).columns.enumerated().map { weights[$0, $1] }
    meanMatchedCosine = .value(Statistics.sum(matched) / Double(matched.count))
  }

  /// How well each true feature's closest one tells when it is active, by the harmonic mean of
  /// precision and recall: `F1 = 2 TP / (2 TP + FP + FN)`.
  ///
  /// - Parameters:
  ///   - features: What the dictionary found, `[samples, features]`.
  ///   - activities: The truth, `[samples, true features]`.
  /// - Returns: F1 of each true feature; undefined where neither was ever active.
  public func f1(features: Matrix<Float>, activities: Matrix<Float>) -> [Metric] {
    precondition(features.rows == activities.rows, "features and truth are of the same samples")
    return closest.enumerated().map { truth, latent in
      var (both, one) = (0, 0)
      for row in 0..<features.rows {
        let isActive = activities[row, truth] != 0
        let isFound = features[row, latent] != 0
        if isActive && isFound { both += 1 } else if isActive != isFound { one += 1 }
      }
      return .ratio(Double(2 * both), Double(2 * both + one), otherwise: "never active")
    }
  }
}
