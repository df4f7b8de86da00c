internal import Foundation
internal import RunStore
internal import Tensors

extension SparseAutoencoder {
  /// The file with the weights.
  static let weightsFile = "sae_weights.safetensors"

  /// The file with the configuration.
  static let configurationFile = "cfg.json"

  /// The release of SAELens whose layout is written.
  private static let layoutVersion = "6.54.12"

  /// Writes a folder that SAELens 6 reads: `SAE.load_from_disk(directory)`.
  ///
  /// The weights are `W_enc [input, features]`, `W_dec [features, output]`, `b_dec` and what the
  /// architecture has beside them; no option of `cfg.json` is needed to apply them.
  ///
  /// - Parameters:
  ///   - directory: An existing folder.
  ///   - model: The name of the network whose activations were trained on.
  ///   - site: The name of the place in it.
  /// - Throws: ``SparseAutoencoderFileError/file(_:)`` if the folder cannot be written.
  public func write(
    to directory: String, model: String, site: String
  ) throws(SparseAutoencoderFileError) {
    let text = configuration(model: model, site: site).text(.indented) + "\n"
    do {
      try tensors.write(to: directory + "/" + Self.weightsFile)
      try AtomicFile.write(text.utf8, to: directory + "/" + Self.configurationFile)
    } catch {
      throw .file(error)
    }
  }

  private var tensors: SafetensorsFile {
    var file = SafetensorsFile()
    file.tensors["W_enc"] = StoredTensor(
      encoder.transposed.elements, shape: [inputWidth, featureCount])
    file.tensors["W_dec"] = StoredTensor(directions.elements, shape: [featureCount, outputWidth])
    file.tensors["b_dec"] = StoredTensor(outputBias, shape: [outputWidth])
    func add(_ name: String, _ values: [Float]) {
      file.tensors[name] = StoredTensor(values, shape: [featureCount])
    }
    switch activation {
    case .relu, .topK, .absTopK:
      add("b_enc", encoderBias)
    case .jumpReLU(let thresholds):
      add("b_enc", encoderBias)
      add("threshold", thresholds)
    case .gated(let offsets, let logGains):
      add("b_gate", encoderBias)
      add("b_mag", encoderBias.indices.map { offsets[$0] + exp(logGains[$0]) * encoderBias[$0] })
      add("r_mag", logGains)
    }
    return file
  }

  private func configuration(model: String, site: String) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("architecture", .string(SparseAutoencoderArchitecture(self).rawValue)),
      .init("d_in", .integer(inputWidth)),
      .init("d_sae", .integer(featureCount)),
      .init("dtype", "float32"),
      .init("device", "cpu"),
      .init("apply_b_dec_to_input", .bool(centresInput)),
      .init("normalize_activations", "none"),
      .init("reshape_activations", "none"),
    ]
    if !centresInput { members.append(.init("d_out", .integer(outputWidth))) }
    switch activation {
    case .topK(let k), .absTopK(let k):
      members.append(.init("k", .integer(k)))
      members.append(.init("rescale_acts_by_decoder_norm", false))
    case .relu, .jumpReLU, .gated: break
    }
    members.append(
      .init(
        "metadata",
        [
          "sae_lens_version": .string(Self.layoutVersion), "model_name": .string(model),
          "hook_name": .string(site),
        ]))
    return .object(members)
  }
}
