import Foundation
@testable import Interpretability
import RunStore
import Tensors
import Testing

@Suite("Sparse autoencoder files")
struct SparseAutoencoderFileTests {
  private static func folder() throws -> String {
    let path = NSTemporaryDirectory() + "sparse-autoencoder-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  private static func autoencoder(
    _ activation: SparseAutoencoder.Activation, output: Int? = nil
  ) -> SparseAutoencoder {
    var random = RandomStream(seed: 1)
    func normals(_ count: Int) -> [Float] { (0..<count).map { _ in Float(random.normal()) } }
    return SparseAutoencoder(
      encoder: Matrix(rows: 9, columns: 4, elements: normals(36)), encoderBias: normals(9),
      directions: Matrix(rows: 9, columns: output ?? 4, elements: normals(9 * (output ?? 4))),
      outputBias: normals(output ?? 4), activation: activation, centresInput: output == nil)
  }

  @Test(arguments: FoldingTests.activations, [nil, 6])
  func `what was written is read back`(
    _ activation: SparseAutoencoder.Activation, _ output: Int?
  ) throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let autoencoder = Self.autoencoder(activation, output: output)
    try autoencoder.write(to: folder, model: "heat", site: "layer.2.post")
    let read = try SparseAutoencoder(contentsOf: folder)
    guard case .gated = activation else {
      #expect(read == autoencoder)
      return
    }
    // The gates' offsets are stored as sums.
    let samples = Matrix<Float>(rows: 2, columns: 4, elements: [1, -2, 3, 0.5, -1, 2, 0, 4])
    let pairs = zip(read.encode(samples).elements, autoencoder.encode(samples).elements)
    for (a, b) in pairs { #expect(abs(a - b) < 1e-5) }
  }

  @Test func `features compared by norm are compared so by unit directions`() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let autoencoder = Self.autoencoder(.topK(2))
    try autoencoder.write(to: folder, model: "heat", site: "layer.2.post")
    let path = folder + "/cfg.json"
    let text = try String(contentsOfFile: path, encoding: .utf8).replacingOccurrences(
      of: "\"rescale_acts_by_decoder_norm\": false", with: "\"rescale_acts_by_decoder_norm\": true")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let read = try SparseAutoencoder(contentsOf: folder)
    #expect(
      read.encode(Matrix(rows: 1, columns: 4, elements: [1, 2, 3, 4]))
        == autoencoder.withUnitDirections.encode(
          Matrix(rows: 1, columns: 4, elements: [1, 2, 3, 4])))
  }

  /// One way to spoil a folder, and what reading it says.
  private func failure(
    _ spoil: (inout SafetensorsFile, inout String) -> Void
  ) throws -> SparseAutoencoderFileError? {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Self.autoencoder(.relu).write(to: folder, model: "heat", site: "layer.2.post")
    let (weights, configuration) = (
      folder + "/sae_weights.safetensors", folder + "/cfg.json"
    )
    var file = try SafetensorsFile(contentsOf: weights)
    var text = try String(contentsOfFile: configuration, encoding: .utf8)
    spoil(&file, &text)
    try file.write(to: weights)
    try text.write(toFile: configuration, atomically: true, encoding: .utf8)
    return #expect(throws: SparseAutoencoderFileError.self) {
      try SparseAutoencoder(contentsOf: folder)
    }
  }

  @Test func `errors say what was found`() throws {
    let extra = try failure { file, _ in
      file.tensors["extra"] = StoredTensor([1 as Float], shape: [1])
    }
    #expect(
      extra?.description.hasSuffix(
        "the tensor 'extra' does not belong to this architecture") == true)
    let missing = try failure { file, _ in file.tensors["b_enc"] = nil }
    #expect(missing?.description.hasSuffix("the tensor 'b_enc' is missing") == true)
    let shape = try failure { file, _ in
      file.tensors["b_dec"] = StoredTensor([1, 2 as Float], shape: [2])
    }
    #expect(shape?.description.hasSuffix("the tensor 'b_dec' has shape [2], expected [4]") == true)
    let number = try failure { file, _ in
      file.tensors["b_dec"] = StoredTensor([1, Float.nan, 0, 0], shape: [4])
    }
    #expect(number?.description.hasSuffix("'b_dec' has a number that is NaN or infinite") == true)
    let name = try failure { _, text in
      text = text.replacingOccurrences(of: "\"standard\"", with: "\"stacked\"")
    }
    #expect(
      name?.description.contains("unknown architecture 'stacked'; known are standard") == true)
    let broken = try failure { _, text in text = "{" }
    #expect(broken?.description.contains("cfg.json: not JSON") == true)
  }

  @Test func `the configuration is what SAELens expects`() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Self.autoencoder(.topK(2)).write(to: folder, model: "heat", site: "layer.2.post")
    let text = try String(contentsOfFile: folder + "/cfg.json", encoding: .utf8)
    let configuration = try JSONValue(parsing: text.utf8)
    #expect(configuration["architecture"] == "topk")
    #expect(configuration["d_in"] == 4)
    #expect(configuration["d_sae"] == 9)
    #expect(configuration["k"] == 2)
    #expect(configuration["dtype"] == "float32")
    #expect(configuration["apply_b_dec_to_input"] == true)
    #expect(configuration["metadata"]?["hook_name"] == "layer.2.post")
    let file = try SafetensorsFile(contentsOf: folder + "/sae_weights.safetensors")
    #expect(file.tensors["W_enc"]?.shape == [4, 9])
    #expect(file.tensors["W_dec"]?.shape == [9, 4])
  }
}
