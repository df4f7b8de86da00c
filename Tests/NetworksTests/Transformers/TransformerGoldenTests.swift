import Foundation
import Networks
import Tensors
import Testing

/// Logits of torch's own layers; `torch_transformer.py` makes the table and says what the parameters are.
@Suite("Transformers against torch")
struct TransformerGoldenTests {
  private static let table: [String: [Double]] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("torch_transformer.tsv")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: "\t") }
    return Dictionary(
      uniqueKeysWithValues: rows.map { (String($0[0]), $0.dropFirst().compactMap { Double($0) }) })
  }()

  @Test(arguments: ["post-norm relu", "pre-norm gelu causal", "pre-norm gelu-tanh"])
  func `logits are those of torch`(name: String) throws {
    var design = TransformerDesign(
      vocabulary: 7, context: 6, width: 8, heads: 2, layers: 2, neurons: 12)
    design.normalization = name.hasPrefix("pre") ? .before : .after
    design.activation =
      name.contains("relu") ? .relu : name.contains("tanh") ? .tanhGELU : .gelu
    design.isCausal = name.hasSuffix("causal")
    var parameters = [Double](repeating: 0, count: design.parameterCount)
    for tensor in design.tensors {
      let isScale = tensor.name.hasSuffix("norm.scale")
      for i in tensor.range {
        let value = sin(1.7 * Double(i) + 0.3) / 2
        parameters[i] = isScale ? 1 + value / 4 : value
      }
    }
    let transformer = Transformer(design, parameters: parameters)
    let batch = try TokenBatch([[1, 4, 6, 0, 2], [3, 3, 5, 1, 0]], in: design)
    let logits = transformer.record(batch, threads: 1).logits.elements
    let expected = try #require(Self.table[name])
    try #require(expected.count == logits.count)
    // Some hundred roundings of numbers of order one.
    for (found, value) in zip(logits, expected) { #expect(abs(found - value) < 1e-12) }
  }
}
