public import Tensors

/// Activations of a layer, beside those of the same layer before training.
public struct ProbeSite: Sendable {
  /// The layer's name.
  public let name: String

  /// Shape `[samples, width]`.
  public let activations: Matrix<Double>

  /// The same layer of untrained networks, one matrix a draw of the weights; none where the
  /// activations are all that is known.
  public let untrained: [Matrix<Double>]

  /// Gathers a layer's activations.
  ///
  /// - Parameters:
  ///   - name: The layer's name.
  ///   - activations: Shape `[samples, width]`.
  ///   - untrained: The same of untrained networks, of the same shape.
  public init(name: String, activations: Matrix<Double>, untrained: [Matrix<Double>] = []) {
    precondition(
      untrained.allSatisfy {
        $0.rows == activations.rows && $0.columns == activations.columns
      }, "an untrained network has the shape of the trained one")
    self.name = name
    self.activations = activations
    self.untrained = untrained
  }
}
