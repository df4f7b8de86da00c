/// Nested dictionaries, each of which has to reconstruct on its own: ``BatchTopK`` features whose first
/// ones are the most general.
///
/// ```
/// L = Σ_i (n_i / n) ‖x − x̂_i‖²,   x̂_i = b + Σ_{j < n_i} f_j d_j
/// ```
///
/// Without nesting, a general feature is absorbed by its special cases. A dictionary's loss counts by its
/// share of all n features: counted fully, the few of a small one would do best as mixtures of several
/// true features, and stay so. Bussmann, Nabeshima, Karvonen &
/// Nanda (2025), [doi:10.48550/arXiv.2503.17547](https://doi.org/10.48550/arXiv.2503.17547).
public struct Matryoshka: Sendable, Codable, Equatable {
  /// Active features of a row on average, k.
  public var k: Int

  /// Where the dictionaries end, n: increasing, the last at the number of features.
  public var ends: [Int]

  /// Chooses the dictionaries.
  ///
  /// - Parameters:
  ///   - k: Active features of a row on average, at least one.
  ///   - ends: Where the dictionaries end: increasing, the last at the number of features.
  public init(_ k: Int, ends: [Int]) {
    self.k = k
    self.ends = ends
  }
}

extension Matryoshka: LargestOfBatch {
  var prefixes: [Int]? { ends }
}
