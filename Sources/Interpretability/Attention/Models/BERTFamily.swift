internal import Networks
internal import RunStore

/// BERT as the library `transformers` writes it, with or without the head that it was trained with.
///
/// Every token is taken for one of the first sentence: the vector of its type is added to those of
/// positions. A model without its head is read through its vectors of tokens. Devlin et al. (2019),
/// [doi:10.18653/v1/N19-1423](https://doi.org/10.18653/v1/N19-1423).
enum BERTFamily: TransformerFamily {
  static let tokens = "embeddings.word_embeddings.weight"
  static let positions = "embeddings.position_embeddings.weight"
  static let neurons = (name: "intermediate.dense.weight", axis: 0)
  static let fields = TransformerFields(
    heads: "num_attention_heads", epsilon: "layer_norm_eps", activation: "hidden_act",
    fixed: [("position_embedding_type", "absolute"), ("is_decoder", false)])

  private static let types = "embeddings.token_type_embeddings.weight"
  private static let decoder = "cls.predictions.decoder.weight"
  private static let transform = "cls.predictions.transform"

  static func layer(_ index: Int) -> String { "encoder.layer.\(index)." }

  static func complete(_ design: inout TransformerDesign, from file: ForeignTensors) {
    design.normalization = .after
    design.isCausal = false
    design.normalizesEmbeddings = true
    design.epsilon = 1e-12
    design.isTied = !file.has(decoder)
    design.readout = file.has("\(transform).dense.weight") ? .transformed : .linear
  }

  static func source(of name: String, in file: ForeignTensors) -> ForeignSource? {
    func parts(_ end: String) -> ForeignSource {
      .stacked(["query", "key", "value"].map { "attention.self.\($0).\(end)" })
    }
    return switch name {
    case "attention.norm.scale": .same("attention.output.LayerNorm.weight")
    case "attention.norm.shift": .same("attention.output.LayerNorm.bias")
    case "attention.input.weight": parts("weight")
    case "attention.input.bias": parts("bias")
    case "attention.output.weight": .same("attention.output.dense.weight")
    case "attention.output.bias": .same("attention.output.dense.bias")
    case "neurons.norm.scale": .same("output.LayerNorm.weight")
    case "neurons.norm.shift": .same("output.LayerNorm.bias")
    case "neurons.input.weight": .same("intermediate.dense.weight")
    case "neurons.input.bias": .same("intermediate.dense.bias")
    case "neurons.output.weight": .same("output.dense.weight")
    case "neurons.output.bias": .same("output.dense.bias")
    case "token.weight": .same(tokens)
    case "position.weight": .shifted(positions, byFirstRowOf: types)
    case "embedding.norm.scale": .same("embeddings.LayerNorm.weight")
    case "embedding.norm.shift": .same("embeddings.LayerNorm.bias")
    case "readout.weight": .same("\(transform).dense.weight")
    case "readout.bias": .same("\(transform).dense.bias")
    case "readout.norm.scale": .same("\(transform).LayerNorm.weight")
    case "readout.norm.shift": .same("\(transform).LayerNorm.bias")
    case "output.weight": .same(decoder)
    case "output.bias": file.has("cls.predictions.bias") ? .same("cls.predictions.bias") : .zeros
    default: nil
    }
  }
}
