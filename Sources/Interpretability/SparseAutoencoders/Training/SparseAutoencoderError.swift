public import Tensors

/// Why a sparse autoencoder cannot be trained.
public enum SparseAutoencoderError: Error, Equatable {
  /// The activations cannot be had.
  case activations(ActivationSourceError)

  /// The activations cannot be normalised.
  case normalization(LinearAlgebraError)

  /// A number of the plan is out of range.
  case outOfRange(name: String, value: Double, expected: String)

  /// More active features are asked for than there are others.
  case tooManyActive(k: Int, features: Int)

  /// The ends of nested dictionaries do not increase, or do not end with the last feature.
  case invalidEnds([Int], features: Int)

  /// A transcoder cannot share its matrices between input and output.
  case tiedTranscoder

  /// A checkpoint lacks something, or belongs to other activations.
  case invalidCheckpoint(problem: String)
}

extension SparseAutoencoderError: CustomStringConvertible {
  /// One sentence that says what was found and what was expected.
  public var description: String {
    switch self {
    case .activations(let error): error.description
    case .normalization(let error): "the activations cannot be normalised: \(error)"
    case .outOfRange(let name, let value, let expected):
      "\(name) is \(value), expected \(expected)"
    case .tooManyActive(let k, let features):
      "k = \(k) with \(features) features: fewer features must be active than there are"
    case .invalidEnds(let ends, let features):
      "nested dictionaries end at \(ends); the ends must increase up to \(features)"
    case .tiedTranscoder:
      "a transcoder cannot be tied: its encoder and decoder belong to different layers"
    case .invalidCheckpoint(let problem):
      "not a checkpoint of this training: \(problem)"
    }
  }
}
