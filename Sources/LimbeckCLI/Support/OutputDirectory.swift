import Limbeck

/// A directory for the equations of a table, which has no run directory of its own.
struct OutputDirectory {
  private let directory: RunDirectory
  private let manifest: Manifest

  /// Opens the directory before the search, so that one that cannot be written fails at once.
  init(_ path: String, shared: SharedOptions, seed: Int) throws {
    directory = try RunDirectory.create(at: path, replacing: shared.force)
    manifest = Manifest(
      version: limbeckVersion, seed: seed, instructionSet: InstructionSet.current.name)
  }

  /// Writes the equations.
  func write(_ distillation: Distillation) throws {
    do {
      try distillation.write(to: directory)
      try directory.commit(manifest)
    } catch {
      try? directory.abandon()
      throw error
    }
  }
}
