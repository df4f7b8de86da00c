@testable import Interpretability
import Tensors
import Testing

@Suite("Product of samples with the encoder")
struct EncoderProductTests {
  /// Sizes that fill no panel, and a width of more than one pass over the inputs.
  @Test(arguments: [(1, 1, 1), (5, 37, 19), (300, 21, 100)])
  func `it is that of the rows one by one`(_ width: Int, _ rows: Int, _ features: Int) {
    let layout = ParameterLayout(
      inputWidth: width, outputWidth: width, featureCount: features, vectorCount: 1, isTied: false,
      centresInput: true)
    let parameters = ParameterArray(layout)
    var random = RandomStream(seed: 1)
    for feature in 0..<features {
      for i in 0..<width { parameters.encoderRow(feature)[i] = Float(random.normal()) }
    }
    let (stride, featureStride) = (layout.inputStride, layout.featureStride)
    let inputs = AlignedBuffer<Float>(count: rows * stride, repeating: 0)
    for row in 0..<rows {
      for i in 0..<width { inputs.pointer[row * stride + i] = Float(random.normal()) }
    }
    // Biases are already there, and nothing else is written to.
    let products = AlignedBuffer<Float>(count: rows * featureStride, repeating: 2)
    let product = EncoderProduct(layout)
    product.pack(parameters, threads: 2)
    product.add(
      rows: rows, of: inputs.pointer, packedIn: product.samples(rows), to: products.pointer)

    var worst = 0.0
    for row in 0..<rows {
      for feature in 0..<featureStride {
        let sum =
          feature < features
          ? (0..<width).reduce(2.0) {
            $0 + Double(inputs.pointer[row * stride + $1])
              * Double(parameters.encoderRow(feature)[$1])
          } : 2
        worst = max(worst, abs(Double(products.pointer[row * featureStride + feature]) - sum))
      }
    }
    // 300 products of about one in single precision: 300^(1/2) roundings of sums of about 300^(1/2).
    #expect(worst < 1e-4)
  }
}
