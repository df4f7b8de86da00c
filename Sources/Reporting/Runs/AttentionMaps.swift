/// What the heads of a transformer look at in one sequence.
public struct AttentionMaps: Sendable, Equatable {
  /// One head.
  public struct Head: Sendable, Equatable {
    /// Its layer, from 0.
    public let layer: Int

    /// Its index in the layer.
    public let index: Int

    /// The weight of each token looked at, `[looking][looked at]`; rows sum to 1, NaN where masked.
    public let weights: [[Double]]

    /// Places a head.
    ///
    /// - Parameters:
    ///   - layer: Its layer, from 0.
    ///   - index: Its index in the layer.
    ///   - weights: The weight of each token looked at, `[looking][looked at]`.
    public init(layer: Int, index: Int, weights: [[Double]]) {
      self.layer = layer
      self.index = index
      self.weights = weights
    }
  }

  /// The sequence.
  public let tokens: [String]

  /// The heads in order of layers.
  public let heads: [Head]

  /// Gathers heads.
  ///
  /// - Parameters:
  ///   - tokens: The sequence.
  ///   - heads: At least one head, each with a weight for each pair of tokens.
  public init(tokens: [String], heads: [Head]) {
    precondition(
      !tokens.isEmpty && !heads.isEmpty
        && heads.allSatisfy {
          $0.weights.count == tokens.count && $0.weights.allSatisfy { $0.count == tokens.count }
        }, "a head has a weight for each pair of tokens")
    self.tokens = tokens
    self.heads = heads
  }
}
