/// The files of a run directory by what they hold.
public enum RunFile: Sendable, Hashable {
  /// The recipe with every default filled in.
  case recipe

  /// Versions, seed, times and the checksums of the other files.
  case manifest

  /// The weights, with the architecture in the metadata.
  case model

  /// A part of what a bit-identical resume needs.
  case checkpoint(String)

  /// One row per logged step of training.
  case history

  /// Activations and fields on a set of points.
  case activations

  /// The distilled equations.
  case equations(ReportFormat)

  /// A file of the sparse autoencoder at an activation site, such as `layer1`.
  case sparseAutoencoder(site: String, SparseAutoencoderFile)

  /// The probe table.
  case probes(ReportFormat)

  /// The weights of the probes.
  case probeWeights

  /// The results of a study of the network.
  case study(Study, ReportFormat)

  /// A figure by file name.
  case figure(String)

  /// The self-contained page.
  case report

  /// The forms in which results are written.
  public enum ReportFormat: String, Sendable, CaseIterable {
    /// A table.
    case csv

    /// LaTeX.
    case tex

    /// The same document that `--json` prints.
    case json
  }

  /// Studies whose results a run keeps; the name is the file's.
  public enum Study: String, Sendable, CaseIterable {
    /// The circuit that does what the network does.
    case circuit

    /// The circuit's edges.
    case circuitEdges = "circuit-edges"

    /// Whether conditions have a part of the network to themselves.
    case subnetworks

    /// What replaced activations do.
    case patches

    /// The order in which frequencies are learned.
    case spectrum

    /// Spectra of neurons and layers.
    case spectra

    /// The error's spectrum over training.
    case spectrumTraining = "spectrum-training"

    /// Probes over training.
    case probesTraining = "probes-training"

    /// What single neurons and small sets of them read.
    case readings

    /// What neurons have to do with the unknowns.
    case attribution

    /// How alike layers are.
    case representation
  }

  /// The files of one sparse autoencoder, in the layout of SAELens 6.
  public enum SparseAutoencoderFile: String, Sendable, CaseIterable {
    /// The architecture.
    case configuration = "cfg.json"

    /// The tensors.
    case weights = "sae_weights.safetensors"

    /// The metrics by name.
    case metrics = "metrics.json"

    /// One row a feature.
    case features = "features.csv"

    /// What a bit-identical resume of its training needs.
    case checkpoint = "checkpoint.safetensors"
  }

  /// The path within the run directory.
  public var relativePath: String {
    switch self {
    case .recipe: "recipe.yaml"
    case .manifest: "manifest.json"
    case .model: "model.safetensors"
    case .checkpoint(let name): "checkpoint/\(name)"
    case .history: "history.csv"
    case .activations: "activations.h5"
    case .equations(let format): "equations.\(format.rawValue)"
    case .sparseAutoencoder(let site, let file): "sae/\(site)/\(file.rawValue)"
    case .probes(let format): "probes.\(format.rawValue)"
    case .probeWeights: "probes.safetensors"
    case .study(let study, let format): "\(study.rawValue).\(format.rawValue)"
    case .figure(let name): "figures/\(name)"
    case .report: "report.html"
    }
  }

  /// The names that a run may create at the top of its directory.
  static let topLevelNames: [String] =
    [
      RunFile.recipe, .manifest, .model, .checkpoint(""), .history, .activations,
      .sparseAutoencoder(site: "", .configuration), .probeWeights, .figure(""), .report,
    ].map { String($0.relativePath.prefix { $0 != "/" }) }
    + ReportFormat.allCases.flatMap {
      [RunFile.equations($0).relativePath, RunFile.probes($0).relativePath]
    }
    + Study.allCases.flatMap { study in
      ReportFormat.allCases.map { RunFile.study(study, $0).relativePath }
    }
}
