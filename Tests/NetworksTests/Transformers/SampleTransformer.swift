import Networks
import Tensors

/// Small transformers of every kind, with parameters far from where training starts.
enum SampleTransformer: String, CaseIterable {
  case decoder, encoder, bert, tied

  var design: TransformerDesign {
    var design = TransformerDesign(
      vocabulary: 5, context: 6, width: 6, heads: 3, layers: 2, neurons: 7)
    switch self {
    case .decoder:
      break
    case .encoder:
      design.normalization = .after
      design.activation = .relu
      design.isCausal = false
    case .bert:
      design.normalization = .after
      design.isCausal = false
      design.isTied = true
      design.normalizesEmbeddings = true
      design.readout = .transformed
    case .tied:
      design.activation = .tanhGELU
      design.isTied = true
      design.readout = .transformed
    }
    return design
  }

  /// Parameters of order one, so that softmax and normalisations are far from linear.
  func transformer(seed: UInt64 = 3) -> Transformer {
    var random = RandomStream(seed: seed)
    let design = design
    let parameters = Transformer(design, random: &random).parameters
    return Transformer(design, parameters: parameters.map { $0 + 0.4 * random.normal() })
  }

  /// Sequences with a target at most positions.
  func batch(_ count: Int = 3, seed: UInt64 = 9) throws -> TokenBatch {
    var random = RandomStream(seed: seed)
    let design = design
    let sequences = (0..<count).map { _ in (0..<5).map { _ in random.below(design.vocabulary) } }
    let targets = sequences.map { $0.map { $0 == 0 ? nil : (2 * $0 + 1) % design.vocabulary } }
    return try TokenBatch(sequences, targets: targets, in: design)
  }
}

extension Transformer {
  /// The transformer with some parameters changed.
  func changing(_ change: (inout [Double]) -> Void) -> Transformer {
    var parameters = parameters
    change(&parameters)
    return Transformer(design, parameters: parameters)
  }
}
