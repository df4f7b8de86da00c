/// Dictionaries without training that a sparse autoencoder has to beat.
public enum FeatureBaseline: String, Sendable, CaseIterable {
  /// The units themselves.
  case neurons

  /// Orthogonal directions of largest variance.
  case principalComponents = "pca"

  /// Directions along which samples are as independent as can be.
  case independentComponents = "ica"

  /// As many random directions as the autoencoder has features.
  case randomDirections = "random"

  /// The name for people.
  public var name: String {
    switch self {
    case .neurons: "neurons"
    case .principalComponents: "principal components"
    case .independentComponents: "independent components"
    case .randomDirections: "random directions"
    }
  }
}
