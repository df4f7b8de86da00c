/// What is done to activations before an autoencoder sees them, and undone in its weights afterwards.
public enum Normalization: String, Sendable, Codable, CaseIterable {
  /// Nothing.
  case none

  /// All numbers are divided by one, so that the mean squared norm of a sample is its width.
  case meanNorm

  /// Each dimension loses its mean and is divided by its standard deviation.
  case standardized

  /// All dimensions lose their mean, their correlations and their scales: the covariance becomes the
  /// identity. Directions that hardly vary are scaled up only a thousand times as much as the one that
  /// varies most.
  case whitened
}
