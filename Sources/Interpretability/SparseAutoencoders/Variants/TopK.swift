/// The k largest preactivations of a row are its features, where they are positive.
///
/// ```
/// f = ReLU(top_k(a))        L = ‖x − x̂‖²
/// ```
///
/// Sparsity is exact and needs no penalty, so nothing shrinks the activations. Of equal
/// preactivations the feature with the lowest index is taken. Makhzani & Frey (2014),
/// [doi:10.48550/arXiv.1312.5663](https://doi.org/10.48550/arXiv.1312.5663); Gao et al. (2024),
/// [doi:10.48550/arXiv.2406.04093](https://doi.org/10.48550/arXiv.2406.04093).
public struct TopK: Sendable, Codable, Equatable {
  /// Active features of a row, k.
  public var k: Int

  /// Chooses k.
  ///
  /// - Parameter k: Active features of a row, at least one.
  public init(_ k: Int) { self.k = k }
}

extension TopK: LargestOfRow {
  static let byMagnitude = false
  func activation(_ parameters: ParameterArray) -> SparseAutoencoder.Activation? { .topK(k) }
}
