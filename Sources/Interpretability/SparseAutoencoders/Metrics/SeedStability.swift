public import Tensors

/// Whether two trainings that differ in their seed find the same features.
public enum SeedStability {
  /// The mean over the features of one dictionary of the largest |cosine| with a feature of another.
  ///
  /// - Parameters:
  ///   - first: `[features, width]`.
  ///   - second: `[features, width]`, perhaps of another number of features.
  /// - Returns: One if every feature of the first is one of the second.
  public static func meanMaximalCosine(
    _ first: Matrix<Float>, _ second: Matrix<Float>
  ) -> Metric {
    CosineTable(first, second).meanRowMaximum
  }
}
