/// How an autoencoder is made sparse.
public enum SparseAutoencoderVariant: Sendable, Codable, Equatable {
  /// The k largest of a row.
  case topK(TopK)

  /// The variant's rule.
  var rule: any SparsityRule {
    switch self {
    case .topK(let rule): rule
    }
  }
}
