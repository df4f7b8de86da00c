import Foundation
import Tensors
import Testing

@testable import Interpretability

/// A small TopK training beside the same one in torch.
///
/// Loss, gradients, Adam and the decoder's unit norm at once; `train_torch.py` made the numbers.
@Suite("Training curve of torch")
struct TorchCurveTests {
  private static let losses: [Double] = [
    1.605252111, 1.560327783, 1.512663033, 1.398488651, 1.327983414, 1.268201254, 1.159080346,
    1.100855235, 1.047221529, 0.972670994, 0.913511870, 0.871546481, 0.819288313, 0.778883272,
    0.739388145, 0.729437644, 0.787273625, 0.787087543, 0.789746681, 0.805693732, 0.812362812,
    0.826709739, 0.835783299, 0.837202170, 0.866335403, 0.936629324, 0.949685810, 0.906329790,
    0.910669646, 0.903681643, 0.882819557, 0.919101977, 0.910803264, 0.928117577, 0.885548456,
    0.876014004, 0.838165543, 0.821314176, 0.779825191, 0.783087954,
  ]

  private static func table(
    _ rows: Int, _ columns: Int, _ a: Double, _ b: Double, _ c: Double
  ) -> Matrix<Float> {
    var matrix = Matrix<Float>(rows: rows, columns: columns)
    for i in 0..<rows {
      for j in 0..<columns {
        matrix[i, j] = Float(sin(a * Double(i) + b * Double(j) + c * Double(i * j) + 0.5))
      }
    }
    return matrix
  }

  @Test func `the losses are those of torch`() {
    let (width, features, rows) = (6, 12, 16)
    let layout = ParameterLayout(
      inputWidth: width, outputWidth: width, featureCount: features, vectorCount: 1, isTied: false,
      centresInput: true)
    let parameters = ParameterArray(layout)
    let start = Self.table(features, width, 1.1, 2.3, 0.7)
    for feature in 0..<features {
      parameters.decoderRow(feature).update(from: start.row(feature), count: width)
      scaleToUnit(parameters.decoderRow(feature), count: width)
      parameters.encoderRow(feature).update(from: parameters.decoderRow(feature), count: width)
    }
    let gradient = BatchGradient(
      layout: layout, rule: TopK(2), rows: rows, staysOnSphere: true, threads: 1)
    var adam = AdamState(layout)
    for (step, expected) in Self.losses.enumerated() {
      let samples = Self.table(rows, width, 0.9 + 0.01 * Double(step), 1.7, 0.3)
      let loss = gradient.evaluate(inputs: samples, targets: samples, parameters: parameters)
      // Torch ran in Double, this in single precision.
      #expect(abs(loss.total - expected) < 1e-5, "step \(step)")
      adam.update(
        parameters, gradient: gradient.gradient, rate: 1e-2, keepsUnitDecoder: true, threads: 1)
    }
  }
}
