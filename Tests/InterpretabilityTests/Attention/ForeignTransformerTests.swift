import Foundation
import Interpretability
import Networks
import RunStore
import Tensors
import Testing

/// Models written by `transformers`, with the attention and logits that it computes; see `make_models.py`.
@Suite("Models of GPT-2's and BERT's family")
struct ForeignTransformerTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Models")

  private static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private struct Outputs: Decodable {
    let tokens: [[Int]]
    let attention: [[Double]]
    let logits: [Double]
  }

  @Test("attention and logits are those of transformers", arguments: ["gpt2", "bert"])
  func outputs(name: String) throws {
    let model = try Transformer(contentsOf: Self.path("\(name)/model.safetensors"))
    let outputs = try JSONDecoder().decode(
      Outputs.self, from: Data(contentsOf: URL(fileURLWithPath: Self.path("\(name)/outputs.json"))))
    let batch = try TokenBatch(outputs.tokens, in: model.design)
    let record = model.record(batch, threads: 2)
    try #require(record.logits.elements.count == outputs.logits.count)
    // Some hundred roundings of numbers of order one; the weights are the same.
    for (found, value) in zip(record.logits.elements, outputs.logits) {
      #expect(abs(found - value) < 1e-11)
    }
    for (layer, values) in outputs.attention.enumerated() {
      let found = (0..<batch.count).flatMap { sequence in
        (0..<2).flatMap {
          record.pattern(sequence: sequence, layer: layer, head: $0).elements
        }
      }
      try #require(found.count == values.count)
      for (a, b) in zip(found, values) { #expect(abs(a - b) < 1e-12) }
    }
  }

  @Test("designs are those of the configurations")
  func designs() throws {
    let gpt2 = try Transformer(contentsOf: Self.path("gpt2/model.safetensors")).design
    var expected = TransformerDesign(vocabulary: 11, context: 8, width: 8, heads: 2, layers: 2)
    expected.activation = .tanhGELU
    expected.isTied = true
    #expect(gpt2 == expected)
    let bert = try Transformer(contentsOf: Self.path("bert/model.safetensors")).design
    #expect(bert.neurons == 12 && bert.readout == .transformed && !bert.isCausal)
    #expect(bert.epsilon == 1e-12 && bert.activation == .gelu && bert.normalization == .after)
  }

  // MARK: - Files that are wrong

  /// Changes a model's tensors and reads it.
  private func failure(
    _ name: String, configuration: String? = nil, heads: Int? = nil,
    _ change: (inout SafetensorsFile) -> Void = { _ in }
  ) throws -> TransformerFileError? {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("transformer-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var file = try SafetensorsFile(contentsOf: Self.path("\(name)/model.safetensors"))
    change(&file)
    let path = folder.appendingPathComponent("model.safetensors").path
    try file.write(to: path)
    let original = try String(contentsOfFile: Self.path("\(name)/config.json"), encoding: .utf8)
    if configuration != "" {
      try (configuration ?? original).write(
        to: folder.appendingPathComponent("config.json"), atomically: true, encoding: .utf8)
    }
    do {
      _ = try Transformer(contentsOf: path, heads: heads)
      return nil
    } catch {
      return error
    }
  }

  private func text(_ error: TransformerFileError?) -> String {
    let text = error?.description ?? "no error"
    // The folder is another one each time.
    return text.range(of: "model.safetensors").map { String(text[$0.lowerBound...]) } ?? text
  }

  @Test("a wrong shape is named, with what was expected")
  func wrongShapes() throws {
    let attention = "transformer.h.1.attn.c_attn.weight"
    #expect(
      text(
        try failure("gpt2") { file in
          file.tensors[attention] = StoredTensor([Float](repeating: 0, count: 192), shape: [24, 8])
        })
        == "model.safetensors: tensor '\(attention)' has shape [24, 8], expected [8, 24]")
    let positions = "bert.embeddings.position_embeddings.weight"
    #expect(
      text(
        try failure("bert") { file in
          file.tensors[positions] = StoredTensor([Float](repeating: 0, count: 8), shape: [8])
        })
        == "model.safetensors: tensor '\(positions)' has shape [8], expected [context, 8]")
    let key = "bert.encoder.layer.0.attention.self.key.weight"
    #expect(
      text(
        try failure("bert") { file in
          file.tensors[key] = StoredTensor([Float](repeating: 0, count: 32), shape: [4, 8])
        })
        == "model.safetensors: tensor '\(key)' has shape [4, 8], expected [8, 8]")
  }

  @Test("what is missing is named")
  func missing() throws {
    #expect(
      text(try failure("gpt2") { $0.tensors["transformer.ln_f.bias"] = nil })
        == "model.safetensors: the tensor 'transformer.ln_f.bias' is missing")
    #expect(
      text(
        try failure("bert") { $0.tensors["bert.encoder.layer.0.intermediate.dense.weight"] = nil })
        == "model.safetensors: the tensor 'bert.encoder.layer.0.intermediate.dense.weight' is missing"
    )
    #expect(
      text(try failure("gpt2") { $0.tensors["transformer.wte.weight"] = nil }).hasPrefix(
        "model.safetensors: neither the tensors of GPT-2 ('wte.weight') nor of BERT"))
    #expect(
      text(
        try failure("gpt2") { file in
          file.tensors["transformer.ln_f.bias"] = StoredTensor(
            [Float](repeating: .nan, count: 8), shape: [8])
        }) == "model.safetensors: tensor 'transformer.ln_f.bias' holds a number that is not finite")
  }

  @Test("heads come from the configuration or the caller")
  func heads() throws {
    #expect(
      text(try failure("gpt2", configuration: "")).hasPrefix(
        "model.safetensors: tensors do not say how many heads there are; put the model's config.json"
      ))
    #expect(try failure("gpt2", configuration: "", heads: 4) == nil)
    #expect(
      text(try failure("gpt2", heads: 3))
        == "model.safetensors: 3 heads do not divide the width 8")
    #expect(
      try failure("bert", configuration: #"{"num_attention_heads": 2, "hidden_act": "swish"}"#)?
        .description.hasSuffix("config.json: 'hidden_act' is swish, which is not supported") == true
    )
    #expect(
      try failure("gpt2", configuration: #"{"n_head": 2, "scale_attn_weights": false}"#)?
        .description.hasSuffix("'scale_attn_weights' is false, which is not supported") == true)
  }

  @Test("names without what all begin with are understood, and a head of its own")
  func bareNames() throws {
    #expect(
      try failure("gpt2") { file in
        file.tensors = Dictionary(
          uniqueKeysWithValues: file.tensors.map {
            (String($0.key.trimmingPrefix("transformer.")), $0.value)
          })
        file.tensors["lm_head.weight"] = file.tensors["wte.weight"]
      } == nil)
  }
}
