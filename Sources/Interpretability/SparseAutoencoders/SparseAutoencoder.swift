internal import Foundation
public import Tensors

/// A trained sparse autoencoder or transcoder, in the units of the activations.
///
/// ```
/// a = (x − b) Eᵀ + c      f = activation(a)      x̂ = f D + b
/// ```
///
/// Whatever training did to the data and to the decoder's norms is folded into the matrices. A
/// transcoder does not take b off its input.
public struct SparseAutoencoder: FeatureDictionary, Equatable {
  /// E, `[features, input]`.
  public let encoder: Matrix<Float>

  /// c, one for each feature.
  public let encoderBias: [Float]

  /// D, `[features, output]`.
  public let directions: Matrix<Float>

  /// b, as wide as the output.
  public let outputBias: [Float]

  /// How preactivations become features.
  public let activation: Activation

  /// Whether b is taken off the input.
  public let centresInput: Bool

  /// Width of what is encoded.
  public var inputWidth: Int { encoder.columns }

  /// Puts an autoencoder together.
  ///
  /// - Parameters:
  ///   - encoder: E, `[features, input]`.
  ///   - encoderBias: c, one for each feature.
  ///   - directions: D, `[features, output]`.
  ///   - outputBias: b, as wide as the output.
  ///   - activation: How preactivations become features.
  ///   - centresInput: Whether b is taken off the input; input and output then are equally wide.
  public init(
    encoder: Matrix<Float>, encoderBias: [Float], directions: Matrix<Float>, outputBias: [Float],
    activation: Activation, centresInput: Bool = true
  ) {
    precondition(
      encoder.rows == directions.rows && encoder.rows == encoderBias.count,
      "encoder, bias and decoder have the same features")
    precondition(directions.columns == outputBias.count, "the bias is as wide as the output")
    precondition(
      !centresInput || encoder.columns == directions.columns,
      "only an input as wide as the output can lose the output's bias")
    self.encoder = encoder
    self.encoderBias = encoderBias
    self.directions = directions
    self.outputBias = outputBias
    self.activation = activation
    self.centresInput = centresInput
  }

  /// The features of samples.
  ///
  /// - Parameter inputs: `[samples, inputWidth]`.
  /// - Returns: `[samples, features]`.
  public func encode(_ inputs: Matrix<Float>) -> Matrix<Float> {
    var features = preactivations(inputs)
    let (rows, count) = (features.rows, features.columns)
    let scratch = EntryBlock(rows: 1, featureCount: count, extraVectors: 0)
    features.withUnsafeMutablePointer { pointer in
      for row in 0..<rows { activation.apply(pointer + row * count, count: count, scratch) }
    }
    return features
  }

  /// What the activation is applied to.
  ///
  /// - Parameter inputs: `[samples, inputWidth]`.
  /// - Returns: `[samples, features]`.
  public func preactivations(_ inputs: Matrix<Float>) -> Matrix<Float> {
    precondition(inputs.columns == inputWidth, "samples are as wide as the encoder's input")
    var centred = inputs
    let (samples, width, count) = (inputs.rows, inputWidth, featureCount)
    var result = Matrix<Float>(rows: samples, columns: count)
    guard samples > 0 else { return result }
    if centresInput {
      centred.withUnsafeMutablePointer { pointer in
        for row in 0..<samples {
          for i in 0..<width { pointer[row * width + i] -= outputBias[i] }
        }
      }
    }
    result.withUnsafeMutablePointer { result in
      for row in 0..<samples { (result + row * count).update(from: encoderBias, count: count) }
      centred.withUnsafePointer { centred in
        encoder.withUnsafePointer { encoder in
          Float.gemm(
            transposeA: false, transposeB: true, m: samples, n: count, k: width, alpha: 1,
            a: centred, lda: width, b: encoder, ldb: width, beta: 1, c: result, ldc: count)
        }
      }
    }
    return result
  }
}
