/// Where the parameters of an autoencoder lie in one flat array.
///
/// ```
/// encoder [features, input]   decoder [features, output]   vectors [vectorCount, features]   output bias
/// ```
///
/// Both matrices have a row for each feature: a sparse code touches few features, and so whole rows.
/// Rows are padded with zeros to what the kernels want; gradients and moments of the padding stay zero.
struct ParameterLayout: Sendable, Equatable {
  /// Width of what is encoded.
  let inputWidth: Int

  /// Width of what is decoded.
  let outputWidth: Int

  /// Number of features.
  let featureCount: Int

  /// Vectors with a number for each feature; the first is the encoder's bias.
  let vectorCount: Int

  /// Whether the encoder is the decoder.
  let isTied: Bool

  /// Whether the output's bias is taken off the input, as autoencoders do and transcoders do not.
  let centresInput: Bool

  /// Distance between rows of the encoder.
  var inputStride: Int { paddedWidth(inputWidth) }

  /// Distance between rows of the decoder.
  var outputStride: Int { paddedWidth(outputWidth) }

  /// Distance between vectors.
  var featureStride: Int { paddedWidth(featureCount) }

  /// Offset of the decoder; the encoder's is zero.
  var decoder: Int { isTied ? 0 : featureCount * inputStride }

  /// Offset of the first vector.
  var vectors: Int { decoder + featureCount * outputStride }

  /// Offset of the output's bias.
  var outputBias: Int { vectors + vectorCount * featureStride }

  /// Numbers in all.
  var count: Int { outputBias + outputStride }
}
