internal import Foundation
internal import RunStore
internal import Tensors

extension SparseAutoencoder {
  /// Reads a folder in the layout of SAELens 6.
  ///
  /// - Parameter directory: The folder with `cfg.json` and `sae_weights.safetensors`.
  /// - Throws: ``SparseAutoencoderFileError`` that names the file and what was wrong.
  public init(contentsOf directory: String) throws(SparseAutoencoderFileError) {
    let reader = SparseAutoencoderReader(directory: directory)
    let configuration = try reader.configuration()
    let architecture = try reader.architecture(configuration)
    self = try reader.autoencoder(architecture, configuration)
  }
}

/// The checks of a folder.
private struct SparseAutoencoderReader {
  let directory: String

  private var configurationPath: String { directory + "/" + SparseAutoencoder.configurationFile }
  private var weightsPath: String { directory + "/" + SparseAutoencoder.weightsFile }

  func configuration() throws(SparseAutoencoderFileError) -> JSONValue {
    let bytes: [UInt8]
    do {
      bytes = try FileContents.read(configurationPath)
    } catch {
      throw .file(error)
    }
    do {
      return try JSONValue(parsing: bytes[...])
    } catch {
      throw .invalidConfiguration(path: configurationPath, error)
    }
  }

  func architecture(
    _ configuration: JSONValue
  ) throws(SparseAutoencoderFileError) -> SparseAutoencoderArchitecture {
    guard let name = configuration["architecture"]?.text else {
      throw .missingField(path: configurationPath, field: "architecture")
    }
    guard let architecture = SparseAutoencoderArchitecture(rawValue: name) else {
      throw .unknownArchitecture(path: configurationPath, name: name)
    }
    for field in ["normalize_activations", "reshape_activations"] {
      if let value = configuration[field]?.text, value != "none" {
        throw .unsupportedOption(path: configurationPath, field: field, value: value)
      }
    }
    return architecture
  }

  func autoencoder(
    _ architecture: SparseAutoencoderArchitecture, _ configuration: JSONValue
  ) throws(SparseAutoencoderFileError) -> SparseAutoencoder {
    let input = try extent("d_in", configuration)
    let features = try extent("d_sae", configuration)
    let output = architecture.isTranscoder ? try extent("d_out", configuration) : input
    let file: SafetensorsFile
    do {
      file = try SafetensorsFile(contentsOf: weightsPath)
    } catch {
      throw .tensors(error)
    }
    let names = ["W_enc", "W_dec", "b_dec"] + architecture.vectors
    if let extra = file.tensors.keys.sorted().first(where: { !names.contains($0) }) {
      throw .extraTensor(path: weightsPath, name: extra)
    }
    let encoder = try tensor("W_enc", [input, features], file)
    var directions = try tensor("W_dec", [features, output], file)
    let outputBias = try tensor("b_dec", [output], file)
    var vectors: [[Float]] = []
    for name in architecture.vectors { vectors.append(try tensor(name, [features], file)) }

    var matrix = Matrix(rows: input, columns: features, elements: encoder).transposed
    // SAELens may be told to compare features by a_j ‖d_j‖: unit directions compare them so.
    let rescales = configuration["rescale_acts_by_decoder_norm"] == .bool(true)
    if rescales {
      let unit = SparseAutoencoder(
        encoder: matrix, encoderBias: vectors[0],
        directions: Matrix(rows: features, columns: output, elements: directions),
        outputBias: outputBias, activation: .relu, centresInput: !architecture.isTranscoder
      ).withUnitDirections
      (matrix, vectors[0], directions) =
        (unit.encoder, unit.encoderBias, unit.directions.elements)
    }
    return SparseAutoencoder(
      encoder: matrix, encoderBias: vectors[0],
      directions: Matrix(rows: features, columns: output, elements: directions),
      outputBias: try checkedBias(outputBias, architecture, configuration),
      activation: try activation(architecture, vectors, configuration),
      centresInput: !architecture.isTranscoder)
  }

  /// The output's bias, which an autoencoder has to take off its input.
  private func checkedBias(
    _ outputBias: [Float], _ architecture: SparseAutoencoderArchitecture,
    _ configuration: JSONValue
  ) throws(SparseAutoencoderFileError) -> [Float] {
    if !architecture.isTranscoder, configuration["apply_b_dec_to_input"] == .bool(false),
      outputBias.contains(where: { $0 != 0 })
    {
      throw .unsupportedOption(
        path: configurationPath, field: "apply_b_dec_to_input", value: "false")
    }
    return outputBias
  }

  private func activation(
    _ architecture: SparseAutoencoderArchitecture, _ vectors: [[Float]], _ configuration: JSONValue
  ) throws(SparseAutoencoderFileError) -> SparseAutoencoder.Activation {
    switch architecture {
    case .standard, .transcoder: .relu
    case .topk, .topkTranscoder: .topK(try extent("k", configuration))
    case .abstopk, .absTopkTranscoder: .absTopK(try extent("k", configuration))
    case .jumprelu, .jumpreluTranscoder: .jumpReLU(thresholds: vectors[1])
    case .gated, .gatedTranscoder:
      .gated(
        offsets: vectors[0].indices.map { vectors[1][$0] - exp(vectors[2][$0]) * vectors[0][$0] },
        logGains: vectors[2])
    }
  }

  private func extent(
    _ field: String, _ configuration: JSONValue
  ) throws(SparseAutoencoderFileError) -> Int {
    guard let value = configuration[field]?.int, value > 0 else {
      throw .missingField(path: configurationPath, field: field)
    }
    return value
  }

  private func tensor(
    _ name: String, _ shape: [Int], _ file: SafetensorsFile
  ) throws(SparseAutoencoderFileError) -> [Float] {
    guard let tensor = file.tensors[name] else {
      throw .missingTensor(path: weightsPath, name: name)
    }
    guard tensor.shape == shape else {
      throw .wrongShape(path: weightsPath, name: name, shape: tensor.shape, expected: shape)
    }
    let values = tensor.floats
    guard values.allSatisfy(\.isFinite) else { throw .notFinite(path: weightsPath, name: name) }
    return values
  }
}
