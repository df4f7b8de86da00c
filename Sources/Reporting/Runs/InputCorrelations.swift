/// How the neurons of a layer, and the features that it was taken apart into, go with the network's inputs.
public struct InputCorrelations: Sendable, Equatable {
  /// Pearson's r, neurons by inputs.
  public let neurons: NamedTable

  /// Pearson's r, features by inputs.
  public let features: NamedTable

  /// Gathers correlations.
  ///
  /// - Parameters:
  ///   - neurons: Pearson's r, neurons by inputs.
  ///   - features: Pearson's r, features by the same inputs.
  public init(neurons: NamedTable, features: NamedTable) {
    precondition(neurons.columns == features.columns, "both go with the same inputs")
    self.neurons = neurons
    self.features = features
  }
}
