/// How an autoencoder is made sparse.
public enum SparseAutoencoderVariant: Sendable, Codable, Equatable {
  /// The k largest of a row.
  case topK(TopK)

  /// The k largest of a row by size, with their signs.
  case absTopK(AbsTopK)

  /// The largest of a whole batch.
  case batchTopK(BatchTopK)

  /// The largest of a whole batch, in nested dictionaries.
  case matryoshka(Matryoshka)

  /// All positive ones, with a penalty on their size.
  case relu(PenalizedReLU)

  /// Those above learned thresholds, with a penalty on their number.
  case jumpReLU(JumpReLU)

  /// Those that a gate lets pass, with a penalty on the gates.
  case gated(Gated)

  /// The variant's rule.
  var rule: any SparsityRule {
    switch self {
    case .topK(let rule): rule
    case .absTopK(let rule): rule
    case .batchTopK(let rule): rule
    case .matryoshka(let rule): rule
    case .relu(let rule): rule
    case .jumpReLU(let rule): rule
    case .gated(let rule): rule
    }
  }
}
