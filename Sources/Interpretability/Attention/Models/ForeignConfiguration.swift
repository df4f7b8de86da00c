internal import Networks
internal import RunStore

/// What a model's `config.json` says that its tensors do not.
struct ForeignConfiguration {
  /// Number of heads.
  var heads: Int?

  /// The nonlinearity of the neurons.
  var activation: TransformerActivation?

  /// What is added to variances.
  var epsilon: Double?

  /// Reads the configuration beside a model's file, if there is one.
  ///
  /// - Parameters:
  ///   - path: The model's file.
  ///   - fields: The fields of its family.
  /// - Throws: ``TransformerFileError``.
  init(beside path: String, _ fields: TransformerFields) throws(TransformerFileError) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let path = folder + "config.json"
    let bytes: [UInt8]
    do {
      bytes = try FileContents.read(path)
    } catch {
      // Without a configuration the caller has to know.
      guard error.kind == .notFound else { throw .file(error) }
      return
    }
    let json: JSONValue
    do {
      json = try JSONValue(parsing: bytes[...])
    } catch {
      throw .invalidConfiguration(path: path, error)
    }
    for option in fields.fixed {
      if let value = json[option.name], value != option.value, value != .null {
        throw .unsupportedOption(path: path, field: option.name, value: value.text())
      }
    }
    heads = json[fields.heads]?.int
    epsilon = json[fields.epsilon]?.double
    if let name = json[fields.activation]?.text {
      guard let known = Self.activations[name] else {
        throw .unsupportedOption(path: path, field: fields.activation, value: name)
      }
      activation = known
    }
  }

  /// The names that `transformers` has for the nonlinearities.
  private static let activations: [String: TransformerActivation] = [
    "relu": .relu, "gelu": .gelu, "gelu_new": .tanhGELU, "gelu_pytorch_tanh": .tanhGELU,
  ]
}
