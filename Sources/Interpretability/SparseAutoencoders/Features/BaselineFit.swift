internal import Tensors

/// Baselines fitted to activations.
///
/// Directions are found on samples at equal distances, so that activations larger than the memory have
/// baselines too; what they are worth is measured on all samples.
struct BaselineFit: Sendable {
  private let samples: Matrix<Float>
  private let mean: [Float]

  /// The most samples that directions are found on.
  private static let limit = 16_384

  /// The most samples that independent components, which are iterated, are found on.
  private static let iteratedLimit = 4096

  /// Takes samples.
  ///
  /// - Parameter activations: The activations.
  /// - Throws: ``ActivationSourceError`` if they cannot be read.
  init(_ activations: any ActivationRows) throws(ActivationSourceError) {
    samples = try Self.spread(activations, limit: Self.limit)
    var sums = [Double](repeating: 0, count: samples.columns)
    samples.addColumns(to: &sums)
    mean = sums.map { [rows = samples.rows] in Float($0 / Double(rows)) }
  }

  /// A baseline's directions.
  ///
  /// - Parameters:
  ///   - baseline: What the dictionary consists of.
  ///   - featureCount: How many random directions there are.
  /// - Returns: The dictionary, whose codes are hardly ever zero.
  /// - Throws: `LinearAlgebraError` if the samples have no decomposition.
  func dictionary(
    _ baseline: FeatureBaseline, featureCount: Int
  ) throws -> LinearDictionary {
    let width = samples.columns
    switch baseline {
    case .neurons: return .neurons(width: width)
    case .principalComponents: return try .principalComponents(of: samples, count: width)
    case .independentComponents:
      return try .independentComponents(
        of: try Self.spread(samples, limit: Self.iteratedLimit), count: width, seed: 0)
    case .randomDirections:
      return try .randomDirections(in: samples, count: featureCount, seed: 0)
    }
  }

  /// The baseline as sparse as an autoencoder.
  ///
  /// - Parameters:
  ///   - dictionary: The baseline's directions.
  ///   - baseline: What the dictionary consists of.
  ///   - l0: The autoencoder's mean number of active features.
  /// - Returns: A dictionary that keeps as many features of a sample, those with the largest contributions.
  /// - Throws: `LinearAlgebraError` if the samples have no decomposition.
  func sparse(
    _ dictionary: LinearDictionary, _ baseline: FeatureBaseline, l0: Double
  ) throws -> SparseAutoencoder {
    let active = min(dictionary.featureCount, Self.active(l0))
    // Codes on many random directions mean nothing one by one: as many directions as may be active.
    let kept =
      baseline == .randomDirections
      ? try self.dictionary(baseline, featureCount: active) : dictionary
    return kept.keeping(active, about: mean)
  }

  /// How many features of a sample are kept beside an autoencoder with a mean number of active ones.
  static func active(_ l0: Double) -> Int { max(1, Int(l0.rounded())) }

  /// Samples at equal distances.
  private static func spread(
    _ activations: any ActivationRows, limit: Int
  ) throws(ActivationSourceError) -> Matrix<Float> {
    let rows = min(limit, activations.count)
    var samples = Matrix<Float>(rows: rows, columns: activations.width)
    try samples.withUnsafeMutablePointer { (pointer) throws(ActivationSourceError) in
      for row in 0..<rows {
        let place = row * activations.count / rows
        try activations.read(place..<place + 1, into: pointer + row * activations.width)
      }
    }
    return samples
  }
}
