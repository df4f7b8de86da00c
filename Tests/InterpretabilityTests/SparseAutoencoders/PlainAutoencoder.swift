@testable import Interpretability
import Tensors

/// The parameters of a small autoencoder in Double, and the losses of all variants written out plainly:
/// the oracle of the fused gradients.
struct PlainAutoencoder {
  var encoder: [[Double]]
  var decoder: [[Double]]
  /// The encoder's bias and the further vectors.
  var vectors: [[Double]]
  var bias: [Double]
  var centresInput = true

  init(_ parameters: ParameterArray) {
    let layout = parameters.layout
    func row(_ pointer: UnsafePointer<Float>, _ count: Int) -> [Double] {
      (0..<count).map { Double(pointer[$0]) }
    }
    encoder = (0..<layout.featureCount).map { row(parameters.encoderRow($0), layout.inputWidth) }
    decoder = (0..<layout.featureCount).map { row(parameters.decoderRow($0), layout.outputWidth) }
    vectors = (0..<layout.vectorCount).map { row(parameters.vector($0), layout.featureCount) }
    bias = row(parameters.outputBias, layout.outputWidth)
    centresInput = layout.centresInput
  }

  var featureCount: Int { encoder.count }

  func preactivations(_ x: [Double]) -> [Double] {
    let centred = centresInput ? zip(x, bias).map { $0 - $1 } : x
    return (0..<featureCount).map { j in
      zip(centred, encoder[j]).reduce(vectors[0][j]) { $0 + $1.0 * $1.1 }
    }
  }

  func decode(_ f: [Double]) -> [Double] {
    bias.indices.map { i in
      (0..<featureCount).reduce(bias[i]) { $0 + f[$1] * decoder[$1][i] }
    }
  }

  func squaredError(_ f: [Double], _ y: [Double]) -> Double {
    zip(decode(f), y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  /// The indices of the k largest.
  static func largest(_ values: [Double], _ k: Int) -> Set<Int> {
    Set(values.indices.sorted { (-values[$0], $0) < (-values[$1], $1) }.prefix(k))
  }
}
