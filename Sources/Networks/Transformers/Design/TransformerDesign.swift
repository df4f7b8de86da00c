/// What a transformer is like: the sizes of its parts and how they are put together.
///
/// A sequence of L tokens becomes L vectors of a *residual stream*, token plus position; each layer adds
/// to it what its attention heads read from other positions, then what its neurons make of each position;
/// a linear map of the stream gives a *logit* for each token of the vocabulary. Vaswani et al. (2017),
/// [doi:10.48550/arXiv.1706.03762](https://doi.org/10.48550/arXiv.1706.03762).
///
/// ```swift
/// var design = TransformerDesign(vocabulary: 1000, context: 24, width: 256, heads: 8, layers: 4)
/// design.activation = .relu
/// ```
public struct TransformerDesign: Sendable, Codable, Equatable {
  /// Number of different tokens.
  public var vocabulary: Int

  /// The greatest length of a sequence.
  public var context: Int

  /// Numbers in a vector of the residual stream, w.
  public var width: Int

  /// Attention heads of a layer; each has w / heads dimensions of its own.
  public var heads: Int

  /// Number of layers.
  public var layers: Int

  /// Neurons of a layer.
  public var neurons: Int

  /// The nonlinearity of the neurons.
  public var activation = TransformerActivation.gelu

  /// Where the residual stream is normalised.
  public var normalization = NormalizationPlace.before

  /// Whether a position sees itself and earlier ones alone, as in a decoder.
  public var isCausal = true

  /// Whether the map to logits is the transposed table of tokens.
  public var isTied = false

  /// Whether token plus position is normalised before the first layer.
  public var normalizesEmbeddings = false

  /// What stands between the residual stream and the map to logits.
  public var readout = TransformerReadout.linear

  /// What is added to a variance before its root is divided by.
  public var epsilon = 1e-5

  /// Describes a causal transformer of the kind of GPT-2; others are reached by its properties.
  ///
  /// - Parameters:
  ///   - vocabulary: Number of different tokens.
  ///   - context: The greatest length of a sequence.
  ///   - width: Numbers in a vector of the residual stream.
  ///   - heads: Attention heads of a layer, a divisor of the width.
  ///   - layers: Number of layers.
  ///   - neurons: Neurons of a layer; four times the width unless given.
  public init(
    vocabulary: Int, context: Int, width: Int, heads: Int, layers: Int, neurons: Int? = nil
  ) {
    self.vocabulary = vocabulary
    self.context = context
    self.width = width
    self.heads = heads
    self.layers = layers
    self.neurons = neurons ?? 4 * width
  }

  /// Dimensions of a head.
  public var headWidth: Int { width / heads }

  /// The trainable tensors, in the order of the flat parameters.
  public var tensors: [ParameterTensor] { TransformerLayout(self).tensors }

  /// Number of trainable parameters.
  public var parameterCount: Int { TransformerLayout(self).parameterCount }

  /// All attention heads, layer by layer.
  public var headSites: [TransformerSite] {
    (0..<layers).flatMap { layer in (0..<heads).map { .head(layer: layer, index: $0) } }
  }

  /// All neurons, layer by layer.
  public var neuronSites: [TransformerSite] {
    (0..<layers).flatMap { layer in (0..<neurons).map { .neuron(layer: layer, index: $0) } }
  }

  /// Whether the sizes make sense.
  var isValid: Bool {
    [vocabulary, context, width, heads, layers, neurons].allSatisfy { $0 > 0 }
      && width.isMultiple(of: heads) && epsilon > 0
  }
}

/// Where a transformer's layers normalise.
public enum NormalizationPlace: String, Sendable, Codable, CaseIterable {
  /// What attention and neurons read, and the stream after the last layer: GPT-2.
  case before

  /// The residual stream after each addition: the original transformer and BERT.
  case after
}

/// What stands between a transformer's residual stream and its map to logits.
public enum TransformerReadout: String, Sendable, Codable, CaseIterable {
  /// Nothing.
  case linear

  /// A dense layer with the neurons' activation, then a normalisation: BERT.
  case transformed
}

/// The nonlinearity of a transformer's neurons.
public enum TransformerActivation: String, Sendable, Codable, CaseIterable {
  /// `max(0, x)`.
  case relu

  /// `x Φ(x)`, Φ the normal distribution function: Hendrycks & Gimpel (2016),
  /// [doi:10.48550/arXiv.1606.08415](https://doi.org/10.48550/arXiv.1606.08415).
  case gelu

  /// Their approximation `x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2`, which GPT-2 was trained with.
  case tanhGELU = "gelu-tanh"
}
