internal import Foundation
public import Networks
internal import Tensors

extension SparseAutoencoder {
  /// The autoencoder as a change of a network's activations: `Intervention.replace(at:by:of:)` splices its
  /// reconstruction in.
  public var featureMap: FeatureMap {
    featureMap(encoding: Array(0..<featureCount), bias: outputBias) { directions[$1, $0] }
  }

  /// What one feature contributes to activations, `f_j d_j`: `Intervention.takeOut(_:of:at:)` ablates it.
  ///
  /// - Parameters:
  ///   - feature: The feature's index, j.
  ///   - direction: What takes the place of d_j; nil for d_j itself.
  /// - Returns: The contribution, without the output's bias.
  public func featureMap(of feature: Int, along direction: [Float]? = nil) -> FeatureMap {
    let direction = direction ?? directions.row(feature)
    precondition(direction.count == outputWidth, "a direction has a weight for each unit")
    // Where features compete for their places, all of them are needed.
    let encoded =
      switch activation {
      case .topK, .absTopK: Array(0..<featureCount)
      case .relu, .jumpReLU, .gated: [feature]
      }
    return featureMap(encoding: encoded, bias: outputBias.map { _ in 0 }) { unit, encoded in
      encoded == feature ? direction[unit] : 0
    }
  }

  private func featureMap(
    encoding features: [Int], bias: [Float], decoder: (_ unit: Int, _ feature: Int) -> Float
  ) -> FeatureMap {
    let rows = features.map(encoderRow)
    return FeatureMap(
      encoder: rows.flatMap(\.weights), offsets: rows.map(\.offset),
      selection: selection(among: features),
      decoder: (0..<outputWidth).flatMap { unit in features.map { Double(decoder(unit, $0)) } },
      bias: bias.map(Double.init))
  }

  /// A row of E and of `c − E b`, or of c for a transcoder, with what a gate's magnitude makes of them.
  private func encoderRow(_ feature: Int) -> (weights: [Double], offset: Double) {
    var weights = encoder.row(feature).map(Double.init)
    var offset = Double(encoderBias[feature])
    if centresInput {
      for (weight, bias) in zip(weights, outputBias) { offset -= weight * Double(bias) }
    }
    if case .gated(let offsets, let logGains) = activation {
      let gain = exp(Double(logGains[feature]))
      for i in weights.indices { weights[i] *= gain }
      offset = gain * offset + Double(offsets[feature])
    }
    return (weights, offset)
  }

  private func selection(among features: [Int]) -> UnitSelection {
    switch activation {
    case .relu: .above(features.map { _ in 0 })
    case .topK(let k): .largest(k, byMagnitude: false)
    case .absTopK(let k): .largest(k, byMagnitude: true)
    case .jumpReLU(let thresholds): .above(features.map { max(0, Double(thresholds[$0])) })
    // With z = exp(r) a + c, the gate `a > 0` is `z > c`.
    case .gated(let offsets, _): .above(features.map { max(0, Double(offsets[$0])) })
    }
  }
}
