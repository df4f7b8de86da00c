/// Layouts of other projects, to which a sparse autoencoder can be exported.
public enum SparseAutoencoderLayout: String, Sendable, CaseIterable {
  /// [sparsify](https://github.com/EleutherAI/sparsify): `SparseCoder.load_from_disk(folder)`. TopK only.
  case sparsify

  /// [dictionary_learning](https://github.com/saprmarks/dictionary_learning):
  /// `utils.load_dictionary(folder, device)`.
  case dictionaryLearning = "dictionary-learning"

  /// Refuses an autoencoder that the other project could not apply.
  ///
  /// - Parameter autoencoder: The autoencoder.
  /// - Throws: ``SparseAutoencoderFileError/notExportable(to:architecture:known:)``.
  public func check(_ autoencoder: SparseAutoencoder) throws(SparseAutoencoderFileError) {
    let architecture = SparseAutoencoderArchitecture(autoencoder)
    guard known.contains(architecture) else {
      throw .notExportable(
        to: self, architecture: architecture.rawValue, known: known.map(\.rawValue))
    }
  }

  private var known: [SparseAutoencoderArchitecture] {
    switch self {
    case .sparsify: [.topk]
    case .dictionaryLearning: [.standard, .topk, .jumprelu, .gated]
    }
  }
}
