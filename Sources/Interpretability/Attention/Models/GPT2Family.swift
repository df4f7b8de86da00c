internal import Networks
internal import RunStore

/// GPT-2 as the library `transformers` writes it: dense layers are stored as `[inputs, outputs]`.
///
/// Radford et al., Language Models are Unsupervised Multitask Learners (2019).
enum GPT2Family: TransformerFamily {
  static let tokens = "wte.weight"
  static let positions = "wpe.weight"
  static let neurons = (name: "mlp.c_fc.weight", axis: 1)
  static let fields = TransformerFields(
    heads: "n_head", epsilon: "layer_norm_epsilon", activation: "activation_function",
    fixed: [
      ("scale_attn_weights", true), ("scale_attn_by_inverse_layer_idx", false),
      ("add_cross_attention", false),
    ])

  /// The map to logits, which stands outside of the model proper.
  private static let head = "lm_head.weight"

  static func layer(_ index: Int) -> String { "h.\(index)." }

  static func complete(_ design: inout TransformerDesign, from file: ForeignTensors) {
    design.activation = .tanhGELU
    design.isTied = !file.has(head)
  }

  static func source(of name: String, in file: ForeignTensors) -> ForeignSource? {
    switch name {
    case "attention.norm.scale": .same("ln_1.weight")
    case "attention.norm.shift": .same("ln_1.bias")
    case "attention.input.weight": .transposed("attn.c_attn.weight")
    case "attention.input.bias": .same("attn.c_attn.bias")
    case "attention.output.weight": .transposed("attn.c_proj.weight")
    case "attention.output.bias": .same("attn.c_proj.bias")
    case "neurons.norm.scale": .same("ln_2.weight")
    case "neurons.norm.shift": .same("ln_2.bias")
    case "neurons.input.weight": .transposed("mlp.c_fc.weight")
    case "neurons.input.bias": .same("mlp.c_fc.bias")
    case "neurons.output.weight": .transposed("mlp.c_proj.weight")
    case "neurons.output.bias": .same("mlp.c_proj.bias")
    case "token.weight": .same(tokens)
    case "position.weight": .same(positions)
    case "final.norm.scale": .same("ln_f.weight")
    case "final.norm.shift": .same("ln_f.bias")
    case "output.weight": .same(head)
    case "output.bias": .zeros
    default: nil
    }
  }
}
