/// What a training starts with.
public struct Initialization: Sendable, Codable, Equatable {
  /// What the decoder's rows start as; the encoder starts as the decoder.
  public var directions = Directions.random

  /// What the output's bias starts as.
  public var bias = Bias.geometricMedian

  /// What the decoder's rows start as.
  public enum Directions: String, Sendable, Codable {
    /// Random directions.
    case random

    /// The directions of samples drawn at random, seen from the bias.
    case samples
  }

  /// What the output's bias starts as.
  public enum Bias: String, Sendable, Codable {
    /// Zero.
    case zero

    /// The mean of some samples.
    case mean

    /// The point with the least sum of distances to some samples, which a few large ones do not move.
    case geometricMedian
  }

  /// Random directions about the geometric median.
  public init() {}
}
