/// The names of architectures in `cfg.json`.
///
/// The first four and `transcoder` and `jumprelu_transcoder` are those of SAELens 6; it has no signed
/// TopK and no transcoder with TopK or gates, for which there are names of our own.
enum SparseAutoencoderArchitecture: String, CaseIterable {
  case standard
  case topk
  case jumprelu
  case gated
  case abstopk
  case transcoder
  case topkTranscoder = "topk_transcoder"
  case absTopkTranscoder = "abstopk_transcoder"
  case jumpreluTranscoder = "jumprelu_transcoder"
  case gatedTranscoder = "gated_transcoder"

  init(_ autoencoder: SparseAutoencoder) {
    let isTranscoder = !autoencoder.centresInput
    self =
      switch autoencoder.activation {
      case .relu: isTranscoder ? .transcoder : .standard
      case .topK: isTranscoder ? .topkTranscoder : .topk
      case .absTopK: isTranscoder ? .absTopkTranscoder : .abstopk
      case .jumpReLU: isTranscoder ? .jumpreluTranscoder : .jumprelu
      case .gated: isTranscoder ? .gatedTranscoder : .gated
      }
  }

  var isTranscoder: Bool {
    switch self {
    case .standard, .topk, .jumprelu, .gated, .abstopk: false
    case .transcoder, .topkTranscoder, .absTopkTranscoder, .jumpreluTranscoder, .gatedTranscoder:
      true
    }
  }

  /// The tensors beside `W_enc`, `W_dec` and `b_dec`, each with a number for each feature.
  var vectors: [String] {
    switch self {
    case .standard, .topk, .abstopk, .transcoder, .topkTranscoder, .absTopkTranscoder: ["b_enc"]
    case .jumprelu, .jumpreluTranscoder: ["b_enc", "threshold"]
    case .gated, .gatedTranscoder: ["b_gate", "b_mag", "r_mag"]
    }
  }
}
