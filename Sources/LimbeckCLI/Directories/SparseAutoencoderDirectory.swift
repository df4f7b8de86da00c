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
    static let part = "part"
    static let samples = "samples"
    static let seed = "seed"
    static let checksum = "activations_sha256"
  }

  /// What a training that goes on must see again.
  struct Activations: Equatable {
    /// Points that were asked for, of a run.
    let rows: Int?

    /// Rows of the table that were asked for, of a run.
    let part: TablePart?

    /// Samples that there are.
    let samples: Int

    /// What fixes their order.
    let seed: Int

    /// The checksum of the network whose activations they are, or of some of their rows.
    let checksum: String
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
    place = "\(path)/sae/\(site)"
    directory =
      isResumed
      ? try RunDirectory.open(path, for: .writing)
      : try RunDirectory.create(at: path, replacing: isReplaced)
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
      let seed = file.metadata[Key.seed].flatMap({ Int($0) }), samples > 0, seed >= 0,
      let checksum = file.metadata[Key.checksum]
    else {
      throw SparseAutoencoderError.invalidCheckpoint(
        problem: "it does not say which activations it belongs to")
    }
    return (
      file,
      Activations(
        rows: file.metadata[Key.rows].flatMap { Int($0) },
        part: file.metadata[Key.part].flatMap { TablePart(rawValue: $0) }, samples: samples,
        seed: seed, checksum: checksum)
    )
  }

  /// Keeps a training; one that is killed afterwards can go on.
  func save(_ trainer: SparseAutoencoderTrainer, _ activations: Activations) throws {
    var file = try trainer.checkpoint()
    file.metadata[Key.rows] = activations.rows?.description
    file.metadata[Key.part] = activations.part?.rawValue
    file.metadata[Key.samples] = activations.samples.description
    file.metadata[Key.seed] = activations.seed.description
    file.metadata[Key.checksum] = activations.checksum
    try file.write(to: try directory.path(of: .sparseAutoencoder(site: site, .checkpoint)))
    // A directory of its own can be opened again once it has a manifest; what is to replace earlier
    // results gets one when they are complete.
    if let manifest, !directory.isReplacement { try directory.commit(manifest) }
  }

  /// Refuses activations that are not those of a checkpoint.
  ///
  /// - Parameters:
  ///   - found: The activations that there are.
  ///   - expected: Those of the checkpoint.
  ///   - isOfRun: Whether they are those of a run.
  /// - Throws: ``OtherActivations``.
  func check(_ found: Activations, are expected: Activations, isOfRun: Bool) throws {
    guard found.checksum == expected.checksum, found.samples == expected.samples else {
      throw OtherActivations(place: place, isOfRun: isOfRun)
    }
  }

  /// Writes the results.
  ///
  /// - Parameters:
  ///   - result: The results.
  ///   - model: What the activations are of, for the configuration.
  ///   - layouts: What other projects' layouts to write, each in a folder of its own.
  /// - Throws: `FileError` if a file cannot be written.
  func write(_ result: SparseAutoencoderResult, model: String, layouts: [SparseAutoencoderLayout])
    throws
  {
    func path(_ file: RunFile.SparseAutoencoderFile) throws -> String {
      try directory.path(of: .sparseAutoencoder(site: site, file))
    }
    let folder = URL(fileURLWithPath: try path(.weights)).deletingLastPathComponent().path
    try result.autoencoder.write(to: folder, model: model, site: site)
    for layout in layouts {
      try FileSystem.createDirectory("\(folder)/\(layout.rawValue)")
      try result.autoencoder.write(to: "\(folder)/\(layout.rawValue)", as: layout)
    }
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

/// A training was to go on with other activations than those it began with.
struct OtherActivations: StoreFailure {
  let place: String

  /// Whether they are those of a run, which then was trained again.
  let isOfRun: Bool
  let kind = FailureKind.malformed

  var description: String {
    (isOfRun
      ? "\(place): the network was trained again since this autoencoder's training began"
      : "\(place): this autoencoder's training began with other activations")
      + "; train a new one, without --resume"
  }
}

/// No training ended where one is to go on.
struct NoCheckpoint: StoreFailure {
  let place: String
  let kind = FailureKind.notFound

  var description: String {
    "\(place): no training of an autoencoder ended here that could go on; train without --resume"
  }
}
