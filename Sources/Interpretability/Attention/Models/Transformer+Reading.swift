public import Networks
internal import RunStore

extension Transformer {
  /// Reads a model of GPT-2's or BERT's family as the library `transformers` writes it.
  ///
  /// ```swift
  /// let model = try Transformer(contentsOf: "gpt2/model.safetensors")
  /// ```
  ///
  /// Sizes are those of the tensors. What they do not tell, the number of heads above all, is read from
  /// `config.json` beside the file.
  ///
  /// - Parameters:
  ///   - path: The safetensors file.
  ///   - heads: The number of heads, where there is no `config.json`.
  /// - Throws: `TransformerFileError` that names the tensor or option at fault.
  public init(contentsOf path: String, heads: Int? = nil) throws(TransformerFileError) {
    let file = try ForeignTensors(contentsOf: path)
    let families: [any TransformerFamily.Type] = [GPT2Family.self, BERTFamily.self]
    guard let family = families.first(where: { file.has($0.tokens) }) else {
      throw .unknownFamily(path: path, example: file.firstName)
    }
    let reader = ForeignReader(file: file, family: family)
    let design = try reader.design(heads: heads)
    self.init(design, parameters: try reader.parameters(of: design))
  }
}

/// Puts a model together.
private struct ForeignReader {
  let file: ForeignTensors
  let family: any TransformerFamily.Type

  func design(heads: Int?) throws(TransformerFileError) -> TransformerDesign {
    let (vocabulary, width) = try file.extents(of: family.tokens, "[vocabulary, width]")
    let (context, _) = try file.extents(of: family.positions, "[context, \(width)]")
    var layers = 0
    while file.has(family.layer(layers) + family.neurons.name) { layers += 1 }
    let (rows, columns) = try file.extents(
      of: family.layer(0) + family.neurons.name,
      family.neurons.axis == 1 ? "[\(width), neurons]" : "[neurons, \(width)]")
    let options = try ForeignConfiguration(beside: file.path, family.fields)
    guard let heads = heads ?? options.heads else { throw .noHeads(path: file.path) }
    guard heads > 0, width.isMultiple(of: heads) else {
      throw .badHeads(path: file.path, heads: heads, width: width)
    }
    var design = TransformerDesign(
      vocabulary: vocabulary, context: context, width: width, heads: heads, layers: layers,
      neurons: family.neurons.axis == 1 ? columns : rows)
    family.complete(&design, from: file)
    design.activation = options.activation ?? design.activation
    design.epsilon = options.epsilon ?? design.epsilon
    return design
  }

  func parameters(of design: TransformerDesign) throws(TransformerFileError) -> [Double] {
    var parameters: [Double] = []
    parameters.reserveCapacity(design.parameterCount)
    for tensor in design.tensors {
      let (layer, name) = split(tensor.name)
      guard let source = family.source(of: name, in: file) else {
        preconditionFailure("the family does not know where '\(name)' comes from")
      }
      parameters += try file.elements(source, shape: tensor.shape, layer: layer)
    }
    return parameters
  }

  /// Cuts `layer3.attention.norm.scale` into what the layer's names begin with and the rest.
  private func split(_ name: String) -> (layer: String, name: String) {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts[0].hasPrefix("layer"), let index = Int(parts[0].dropFirst(5)) else {
      return ("", name)
    }
    return (family.layer(index), parts[1])
  }
}
