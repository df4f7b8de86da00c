/// The sparse autoencoder to be trained on a layer's activations.
public struct SparseAutoencoderSettings: Sendable, Equatable {
  /// The layer whose activations are taken apart.
  public var layer = Layer.last

  /// The way in which sparsity comes about.
  public var variant = Variant.topK

  /// The number of features.
  public var features = 128

  /// The number of features that may be active at once.
  public var active = 8

  /// The number of passes over the activations; `nil` leaves it to the trainer.
  public var epochs: Int?

  /// A hidden layer.
  public enum Layer: Sendable, Equatable, CustomStringConvertible {
    /// The last hidden layer.
    case last

    /// A hidden layer by index from 0.
    case index(Int)

    /// The layer as it is written: `last` or `layer2`.
    public var description: String {
      switch self {
      case .last: "last"
      case .index(let index): "layer\(index)"
      }
    }
  }

  /// The ways in which sparsity comes about.
  public enum Variant: String, Sendable, CaseIterable {
    /// The `k` largest features of each sample: Gao et al. (2024),
    /// [doi:10.48550/arXiv.2406.04093](https://doi.org/10.48550/arXiv.2406.04093).
    case topK = "topk"

    /// The `k` largest features of each sample by size, with their signs.
    case absTopK = "abstopk"

    /// The `k` largest features a sample on average over a batch.
    case batchTopK = "batchtopk"

    /// A learnt threshold for each feature.
    case jumpReLU = "jumprelu"

    /// A gate apart from the magnitude.
    case gated

    /// A penalty on the sum of the features.
    case l1

    /// Nested dictionaries of growing size.
    case matryoshka

    /// Whether a penalty makes it sparse, so that the number of active features is an average to aim at.
    public var isPenalized: Bool {
      switch self {
      case .l1, .jumpReLU, .gated: true
      case .topK, .absTopK, .batchTopK, .matryoshka: false
      }
    }
  }

  /// The defaults.
  public init() {}
}
