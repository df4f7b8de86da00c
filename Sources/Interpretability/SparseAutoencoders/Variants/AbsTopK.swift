/// The k preactivations of largest size are a row's features, with their signs.
///
/// ```
/// f = a where |a| is among the k largest        L = ‖x − x̂‖²
/// ```
///
/// One feature stands for a direction and its opposite: right for activations that are as often negative
/// as positive, such as those of tanh. Of equal sizes the feature with the lowest index is taken. Zhu et
/// al. (2025), [doi:10.48550/arXiv.2510.00404](https://doi.org/10.48550/arXiv.2510.00404).
public struct AbsTopK: Sendable, Codable, Equatable {
  /// Active features of a row, k.
  public var k: Int

  /// Chooses k.
  ///
  /// - Parameter k: Active features of a row, at least one.
  public init(_ k: Int) { self.k = k }
}

extension AbsTopK: LargestOfRow {
  static let byMagnitude = true
  func activation(_ parameters: ParameterArray) -> SparseAutoencoder.Activation? { .absTopK(k) }
}
