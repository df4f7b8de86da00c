import Limbeck

/// A new directory for results that belong to no run.
struct OutputDirectory {
  private let directory: RunDirectory
  private let manifest: Manifest

  /// Opens the directory before the work, so that one that cannot be written fails at once.
  init(_ path: String, shared: SharedOptions, seed: Int, resuming: Bool) throws {
    directory =
      resuming
      ? try RunDirectory.open(path, for: .writing)
      : try RunDirectory.create(at: path, replacing: shared.force)
    manifest = Manifest(
      version: limbeckVersion, seed: seed, instructionSet: InstructionSet.current.name)
  }

  /// The search that ended in the directory.
  var search: SearchState {
    get throws { try SearchState(from: directory) }
  }

  /// Lets a search be what it was when it ended in the directory: where it had reached its target, it
  /// starts from its equations.
  func resume(_ distiller: inout Distiller) throws {
    if SearchState.isKept(in: directory) {
      distiller.resuming = try search
    } else {
      _ = try distiller.start(from: try EarlierFront(of: directory.path))
    }
  }

  /// Does the work and keeps its equations, or leaves everything as it was if it fails.
  func keep(_ work: () throws -> Distillation) throws -> Distillation {
    do {
      let distillation = try work()
      try distillation.write(to: directory)
      try directory.commit(manifest)
      return distillation
    } catch {
      try? directory.abandon()
      throw error
    }
  }
}
