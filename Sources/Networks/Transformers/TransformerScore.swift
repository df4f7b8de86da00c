public import Tensors

/// How well a transformer says what is asked for.
public struct TransformerScore: Sendable, Codable, Equatable {
  /// The mean of `−log p`, p the probability of the right token; in nats.
  public let loss: Double

  /// The share of positions at which the right token is the most probable one.
  public let accuracy: Double

  /// Joins the two.
  ///
  /// - Parameters:
  ///   - loss: The mean of `−log p`.
  ///   - accuracy: The share of right answers.
  public init(loss: Double, accuracy: Double) {
    self.loss = loss
    self.accuracy = accuracy
  }
}

extension Transformer {
  /// How well it does on a batch; computed in single precision.
  ///
  /// - Parameters:
  ///   - batch: Sequences with a target somewhere.
  ///   - threads: Number of threads; no result depends on it.
  /// - Returns: Loss and accuracy over all positions with a target.
  public func score(
    on batch: TokenBatch, threads: Int = defaultThreadCount
  ) -> TransformerScore {
    let engine = TransformerEngine<Float>(
      design, length: batch.length, sequences: batch.count, threads: threads)
    engine.load(parameters)
    return engine.score(batch)
  }

  /// The mean loss on a batch with its gradient by the parameters; computed in double precision.
  ///
  /// - Parameters:
  ///   - batch: Sequences with a target somewhere.
  ///   - threads: Number of threads; no result depends on it.
  /// - Returns: Loss and gradient.
  public func loss(on batch: TokenBatch, threads: Int = defaultThreadCount) -> ObjectiveValue {
    let engine = TransformerEngine<Double>(
      design, length: batch.length, sequences: batch.count, threads: threads)
    engine.load(parameters)
    var gradient = [Double](repeating: 0, count: parameters.count)
    let score = engine.gradient(of: batch, into: &gradient)
    return ObjectiveValue(value: score.loss, gradient: gradient)
  }
}
