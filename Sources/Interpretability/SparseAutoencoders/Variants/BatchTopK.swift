/// The largest preactivations of a whole batch are its features: k for each row on average.
///
/// ```
/// f = ReLU(a) where a is among the k · rows largest of the batch        L = ‖x − x̂‖²
/// ```
///
/// Rows that need more features than others get them. A trained one no longer looks at batches: it
/// compares with a threshold, the running mean of the smallest activation that was kept. Bussmann,
/// Leask & Nanda (2024), [doi:10.48550/arXiv.2412.06410](https://doi.org/10.48550/arXiv.2412.06410).
public struct BatchTopK: Sendable, Codable, Equatable {
  /// Active features of a row on average, k.
  public var k: Int

  /// Chooses k.
  ///
  /// - Parameter k: Active features of a row on average, at least one.
  public init(_ k: Int) { self.k = k }
}

extension BatchTopK: LargestOfBatch {}
