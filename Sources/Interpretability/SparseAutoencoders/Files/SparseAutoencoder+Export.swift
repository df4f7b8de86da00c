internal import Foundation
internal import RunStore
internal import Tensors

extension SparseAutoencoder {
  /// Writes a folder in another project's layout.
  ///
  /// - Parameters:
  ///   - directory: An existing folder.
  ///   - layout: The layout.
  /// - Throws: ``SparseAutoencoderFileError/notExportable(to:architecture:known:)`` for an autoencoder that
  ///   the other project does not know, or ``SparseAutoencoderFileError/file(_:)``.
  public func write(
    to directory: String, as layout: SparseAutoencoderLayout
  ) throws(SparseAutoencoderFileError) {
    try layout.check(self)
    do {
      switch layout {
      case .sparsify: try writeForSparsify(to: directory)
      case .dictionaryLearning: try writeForDictionaryLearning(to: directory)
      }
    } catch {
      throw .file(error)
    }
  }

  private func writeForSparsify(to directory: String) throws(FileError) {
    guard case .topK(let k) = activation else { return }
    var file = SafetensorsFile()
    file.tensors["encoder.weight"] = StoredTensor(
      encoder.elements, shape: [featureCount, inputWidth])
    file.tensors["encoder.bias"] = StoredTensor(encoderBias, shape: [featureCount])
    file.tensors["W_dec"] = StoredTensor(directions.elements, shape: [featureCount, outputWidth])
    file.tensors["b_dec"] = StoredTensor(outputBias, shape: [outputWidth])
    try file.write(to: directory + "/sae.safetensors")
    let configuration: JSONValue = [
      "activation": "topk", "num_latents": .integer(featureCount), "k": .integer(k),
      "multi_topk": false, "skip_connection": false, "transcode": false,
      "normalize_decoder": true, "d_in": .integer(inputWidth),
    ]
    try AtomicFile.write((configuration.text(.indented) + "\n").utf8, to: directory + "/cfg.json")
  }

  private func writeForDictionaryLearning(to directory: String) throws(FileError) {
    var trainer: [JSONValue.Member] = [
      .init("activation_dim", .integer(inputWidth)), .init("dict_size", .integer(featureCount)),
    ]
    if case .topK(let k) = activation { trainer.append(.init("k", .integer(k))) }
    trainer.insert(.init("dict_class", .string(dictionaryClass)), at: 0)
    try dictionaryTensors.write(to: directory + "/ae.pt")
    let configuration = JSONValue.object([.init("trainer", .object(trainer))])
    try AtomicFile.write(
      (configuration.text(.indented) + "\n").utf8, to: directory + "/config.json")
  }

  /// The name of the class in dictionary_learning.
  private var dictionaryClass: String {
    switch activation {
    case .topK, .absTopK: "AutoEncoderTopK"
    case .relu: "AutoEncoder"
    case .jumpReLU: "JumpReluAutoEncoder"
    case .gated: "GatedAutoEncoder"
    }
  }

  /// The state of that class, in its order.
  private var dictionaryTensors: TorchFile {
    var file = TorchFile()
    func add(_ name: String, _ values: [Float]) {
      file.append(name, StoredTensor(values, shape: [values.count]))
    }
    func addDense(_ name: String, _ matrix: Matrix<Float>) {
      file.append(name, StoredTensor(matrix.elements, shape: [matrix.rows, matrix.columns]))
    }
    switch activation {
    case .relu:
      add("bias", outputBias)
      addDense("encoder.weight", encoder)
      add("encoder.bias", encoderBias)
      addDense("decoder.weight", directions.transposed)
    case .topK(let k), .absTopK(let k):
      add("b_dec", outputBias)
      file.append("k", StoredTensor([Int32(k)], shape: []))
      file.append("threshold", StoredTensor([Float(-1)], shape: []))
      addDense("decoder.weight", directions.transposed)
      addDense("encoder.weight", encoder)
      add("encoder.bias", encoderBias)
    case .jumpReLU(let thresholds):
      addDense("W_enc", encoder.transposed)
      // Its jump ReLU does not take the bias off its input.
      add("b_enc", encoderBias.indices.map { encoderBias[$0] - shift(of: $0) })
      addDense("W_dec", directions)
      add("b_dec", outputBias)
      add("threshold", thresholds)
    case .gated(let offsets, let logGains):
      add("decoder_bias", outputBias)
      add("r_mag", logGains)
      add("gate_bias", encoderBias)
      add("mag_bias", encoderBias.indices.map { offsets[$0] + exp(logGains[$0]) * encoderBias[$0] })
      addDense("encoder.weight", encoder)
      addDense("decoder.weight", directions.transposed)
    }
    return file
  }

  /// What the output's bias makes of a feature's preactivation.
  private func shift(of feature: Int) -> Float {
    Float(zip(encoder.row(feature), outputBias).reduce(0.0) { $0 + Double($1.0) * Double($1.1) })
  }
}
