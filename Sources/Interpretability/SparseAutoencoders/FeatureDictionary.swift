public import Tensors

/// Anything that writes activations as combinations of feature directions: sparse autoencoders, and the
/// baselines they are compared with.
///
/// ```
/// f = encode(x)  [samples, features]      x̂ = decode(f) = f D + b  [samples, output]
/// ```
public protocol FeatureDictionary: Sendable {
  /// Width of what is encoded.
  var inputWidth: Int { get }

  /// The features' directions D, `[features, output]`.
  var directions: Matrix<Float> { get }

  /// What is decoded where no feature is active, b.
  var outputBias: [Float] { get }

  /// The features of samples.
  ///
  /// - Parameter inputs: `[samples, inputWidth]`.
  /// - Returns: `[samples, features]`.
  func encode(_ inputs: Matrix<Float>) -> Matrix<Float>
}

extension FeatureDictionary {
  /// Number of features.
  public var featureCount: Int { directions.rows }

  /// Width of what is decoded.
  public var outputWidth: Int { directions.columns }

  /// The combination of directions that features stand for.
  ///
  /// - Parameter features: `[samples, features]`.
  /// - Returns: `[samples, outputWidth]`.
  public func decode(_ features: Matrix<Float>) -> Matrix<Float> {
    precondition(features.columns == featureCount, "as many features as the dictionary has")
    var result = features * directions
    let width = outputWidth
    let rows = result.rows
    let bias = outputBias
    result.withUnsafeMutablePointer { pointer in
      for row in 0..<rows { for i in 0..<width { pointer[row * width + i] += bias[i] } }
    }
    return result
  }

  /// What the dictionary makes of samples: `decode(encode(x))`.
  ///
  /// - Parameter inputs: `[samples, inputWidth]`.
  /// - Returns: `[samples, outputWidth]`.
  public func reconstruct(_ inputs: Matrix<Float>) -> Matrix<Float> { decode(encode(inputs)) }
}
