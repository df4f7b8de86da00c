public import Networks

/// The architecture of the network.
public struct NetworkSettings: Sendable, Equatable {
  /// The kind of architecture.
  public var kind: Kind

  /// The width of each hidden layer.
  public var hidden: [Int]

  /// The nonlinearity of the hidden layers.
  public var activation: Activation

  /// The kinds of architectures.
  public enum Kind: String, Sendable, CaseIterable {
    /// A fully connected network.
    case multilayerPerceptron = "mlp"
  }

  /// Describes an architecture.
  ///
  /// - Parameters:
  ///   - kind: The kind of architecture.
  ///   - hidden: The width of each hidden layer.
  ///   - activation: The nonlinearity of the hidden layers.
  public init(
    kind: Kind = .multilayerPerceptron, hidden: [Int] = [32, 32], activation: Activation = .tanh
  ) {
    self.kind = kind
    self.hidden = hidden
    self.activation = activation
  }
}
