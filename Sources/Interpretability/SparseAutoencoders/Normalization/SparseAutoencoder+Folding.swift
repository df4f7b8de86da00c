internal import Foundation
internal import Tensors

extension SparseAutoencoder {
  /// The same autoencoder for activations that were not normalised.
  ///
  /// With `y = (x − μ) A`, an autoencoder of y has encoder `E Aᵀ`, decoder `D A⁻¹` and output bias
  /// `μ + b A⁻¹` for x, and the same features.
  ///
  /// - Parameters:
  ///   - input: What was done to the input.
  ///   - output: What was done to the output; for an autoencoder the same.
  /// - Returns: An autoencoder of the activations as they are.
  func folding(input: AffineMap, output: AffineMap) -> SparseAutoencoder {
    let encoder = AffineMap.double(self.encoder) * input.forward.transposed
    let bias = Matrix<Double>(rows: 1, columns: outputWidth, elements: outputBias.map(Double.init))
    let outputBias = zip((bias * output.backward).elements, output.mean).map { Float($0 + $1) }
    var encoderBias = encoderBias
    if !centresInput {
      // Nothing else takes the mean off the input.
      for j in encoderBias.indices {
        let shift = (0..<inputWidth).reduce(0.0) { $0 + encoder[j, $1] * input.mean[$1] }
        encoderBias[j] -= Float(shift)
      }
    }
    return SparseAutoencoder(
      encoder: AffineMap.single(encoder), encoderBias: encoderBias,
      directions: AffineMap.single(AffineMap.double(directions) * output.backward),
      outputBias: outputBias, activation: activation, centresInput: centresInput)
  }

  /// The same autoencoder with directions of length one: features take over their norms.
  ///
  /// A TopK choice compares features, and they are compared by `a_j ‖d_j‖` from then on: as training
  /// with free norms does.
  public var withUnitDirections: SparseAutoencoder {
    var (encoder, bias, directions) = (self.encoder, encoderBias, self.directions)
    var norms = [Float](repeating: 1, count: featureCount)
    for j in 0..<featureCount {
      let row = directions.row(j)
      let norm = Float(innerProduct(row, row, count: row.count).squareRoot())
      guard norm > 0 else { continue }
      norms[j] = norm
      bias[j] *= norm
      for i in 0..<inputWidth { encoder[j, i] *= norm }
      for i in 0..<outputWidth { directions[j, i] /= norm }
    }
    return SparseAutoencoder(
      encoder: encoder, encoderBias: bias, directions: directions, outputBias: outputBias,
      activation: activation.scaled(by: norms), centresInput: centresInput)
  }
}

extension SparseAutoencoder.Activation {
  /// The activation of features that are larger by factors.
  func scaled(by factors: [Float]) -> Self {
    switch self {
    case .relu, .topK, .absTopK: self
    case .jumpReLU(let thresholds):
      .jumpReLU(thresholds: zip(thresholds, factors).map { $0 * $1 })
    // The gain acts on a preactivation that is larger already.
    case .gated(let offsets, let logGains):
      .gated(offsets: zip(offsets, factors).map { $0 * $1 }, logGains: logGains)
    }
  }
}
