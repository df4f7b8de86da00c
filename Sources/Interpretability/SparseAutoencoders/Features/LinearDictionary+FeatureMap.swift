public import Networks
internal import Tensors

extension LinearDictionary {
  /// What one feature contributes to activations, `f_j d_j`.
  ///
  /// - Parameter feature: The feature's index, j.
  /// - Returns: The contribution, without the mean.
  public func featureMap(of feature: Int) -> FeatureMap {
    let weights = projection.column(feature).map(Double.init)
    let offset = zip(weights, outputBias).reduce(0) { $0 - $1.0 * Double($1.1) }
    return FeatureMap(
      encoder: weights, offsets: [offset], selection: .all,
      decoder: directions.row(feature).map(Double.init), bias: weights.map { _ in 0 })
  }

  /// The dictionary made as sparse as an autoencoder: of each sample the features with the largest
  /// contributions `|f_j| ‖d_j‖`.
  ///
  /// - Parameters:
  ///   - count: How many features of a sample stay.
  ///   - mean: What is decoded where no feature is active.
  /// - Returns: A dictionary of the same directions, of unit length.
  public func keeping(_ count: Int, about mean: [Float]) -> SparseAutoencoder {
    var encoder = projection.transposed
    var unit = directions
    for feature in 0..<featureCount {
      let row = directions.row(feature)
      let norm = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard norm > 0 else { continue }
      for i in 0..<inputWidth {
        encoder[feature, i] *= norm
        unit[feature, i] = row[i] / norm
      }
    }
    return SparseAutoencoder(
      encoder: encoder, encoderBias: Array(repeating: 0, count: featureCount), directions: unit,
      outputBias: mean, activation: .absTopK(count))
  }
}
