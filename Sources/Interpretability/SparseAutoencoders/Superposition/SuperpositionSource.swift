internal import Tensors

/// Endless fresh samples of a ``SuperpositionModel``, for training.
public struct SuperpositionSource: ActivationSource {
  /// What makes the samples.
  public let model: SuperpositionModel

  private let stream: RandomStream

  /// Width of the samples.
  public var inputWidth: Int { model.features.columns }

  /// None: an autoencoder decodes its input.
  public var targetWidth: Int? { nil }

  /// Draws from a model.
  ///
  /// - Parameters:
  ///   - model: What makes the samples.
  ///   - seed: Fixes the samples.
  public init(_ model: SuperpositionModel, seed: UInt64) {
    self.model = model
    stream = RandomStream(seed: seed)
  }

  /// Draws the batch of a step.
  ///
  /// - Parameters:
  ///   - batch: The batch.
  ///   - step: Counts from zero.
  public func fill(_ batch: inout ActivationBatch, step: Int) {
    var random = stream.child(step)
    model.draw(into: &batch.inputs, &random)
  }
}
