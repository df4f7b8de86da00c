import Foundation
import Limbeck

/// Where the files of a sparse autoencoder go: into its run, or into a directory of their own.
struct SparseAutoencoderDirectory {
  /// The layer, and the name of the folder below `sae`.
  let site: String

  /// Where the results are, for people.
  let place: String

  private let directory: RunDirectory
  private let manifest: Manifest?

  /// The texts of a checkpoint that say what activations it belongs to.
  private enum Key {
    static let rows = "rows"
    static let samples = "samples"
    static let seed = "seed"
  }

  /// What a training that goes on must see again.
  struct Activations: Equatable {
    /// Points that were asked for, of a run.
    let rows: Int?

    /// Samples that there are.
    let samples: Int

    /// What fixes their order.
    let seed: Int
  }

  /// Writes into a run.
  ///
  /// - Parameters:
  ///   - directory: The run; whoever opened it commits it.
  ///   - site: The layer.
  init(in directory: RunDirectory, site: String) {
    self.site = site
    self.directory = directory
    place = "\(directory.path)/sae/\(site)"
    manifest = nil
  }

  /// Opens a directory of its own, before the work, so that one that cannot be written fails at once.
  ///
  /// - Parameters:
  ///   - path: The directory.
  ///   - site: The layer.
  ///   - seed: The seed, for the manifest.
  ///   - isResumed: Whether a training goes on there.
  ///   - isReplaced: Whether earlier results may be replaced.
  /// - Throws: `RunDirectoryError`.
  init(at path: String, site: String, seed: Int, isResumed: Bool, isReplaced: Bool) throws {
    self.site = site
    directory =
      isResumed
      ? try RunDirectory.open(path, for: .writing)
      : try RunDirectory.create(at: path, replacing: isReplaced)
    place = "\(path)/sae/\(site)"
    manifest = Manifest(
      version: limbeckVersion, seed: seed, instructionSet: InstructionSet.current.name)
  }

  /// The training that ended here.
  ///
  /// - Returns: Its checkpoint, and the activations that it belongs to.
  /// - Throws: ``NoCheckpoint``, or a `StoreFailure` for one that is damaged.
  func checkpoint() throws -> (file: SafetensorsFile, activations: Activations) {
    guard directory.contains(.sparseAutoencoder(site: site, .checkpoint)) else {
      throw NoCheckpoint(place: place)
    }
    let file = try SafetensorsFile(
      contentsOf: try directory.path(of: .sparseAutoencoder(site: site, .checkpoint)))
    guard let samples = file.metadata[Key.samples].flatMap({ Int($0) }),
      let seed = file.metadata[Key.seed].flatMap({ Int($0) }), samples > 0, seed >= 0
    else {
      throw SparseAutoencoderError.invalidCheckpoint(
        problem: "it does not say which activations it belongs to")
    }
    return (
      file,
      Activations(
        rows: file.metadata[Key.rows].flatMap { Int($0) }, samples: samples, seed: seed)
    )
  }

  /// Keeps a training.
  func save(_ trainer: SparseAutoencoderTrainer, _ activations: Activations) throws {
    var file = try trainer.checkpoint()
    file.metadata[Key.rows] = activations.rows?.description
    file.metadata[Key.samples] = activations.samples.description
    file.metadata[Key.seed] = activations.seed.description
    try file.write(to: try directory.path(of: .sparseAutoencoder(site: site, .checkpoint)))
  }

  /// Writes the results.
  ///
  /// - Parameters:
  ///   - result: The results.
  ///   - model: What the activations are of, for the configuration.
  /// - Throws: `FileError` if a file cannot be written.
  func write(_ result: SparseAutoencoderResult, model: String) throws {
    func path(_ file: RunFile.SparseAutoencoderFile) throws -> String {
      try directory.path(of: .sparseAutoencoder(site: site, file))
    }
    let folder = URL(fileURLWithPath: try path(.weights)).deletingLastPathComponent().path
    try result.autoencoder.write(to: folder, model: model, site: site)
    try directory.write(
      (result.json.text(.indented) + "\n").utf8, as: .sparseAutoencoder(site: site, .metrics))
    try result.features.csv.write(to: try path(.features))
  }

  /// Ends the writing into a directory of its own.
  func commit() throws {
    if let manifest { try directory.commit(manifest) }
  }

  /// Gives up the replacement of earlier results.
  func abandon() { try? directory.abandon() }
}

/// No training ended where one is to go on.
struct NoCheckpoint: StoreFailure {
  let place: String
  let kind = FailureKind.notFound

  var description: String {
    "\(place): no training of an autoencoder ended here that could go on; train without --resume"
  }
}
