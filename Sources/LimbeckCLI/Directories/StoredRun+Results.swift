import Limbeck

extension SharedOptions {
  /// What a study opens its run for: its results go into the run unless `--out` names another place.
  var studyPurpose: RunDirectory.Purpose { out == nil ? .writing : .reading }

  /// Writes the results of a study into its run, or into the directory that `--out` names.
  ///
  /// - Parameters:
  ///   - stored: The run; nil for a study of files, whose results are kept if `--out` is given.
  ///   - write: Writes the files into a directory.
  /// - Returns: The directory, nil if nothing is kept.
  /// - Throws: What `write` throws, or a `StoreFailure` of the directory.
  func keep(in stored: StoredRun?, _ write: (RunDirectory) throws -> Void) throws -> String? {
    guard let out else {
      guard let stored else { return nil }
      try write(stored.directory)
      try stored.commit()
      return stored.directory.path
    }
    let directory = try RunDirectory.create(at: out, replacing: force)
    do {
      try write(directory)
      try directory.commit(
        Manifest(
          version: limbeckVersion, seed: seed ?? stored?.recipe.training.seed ?? 0,
          instructionSet: InstructionSet.current.name))
    } catch {
      try? directory.abandon()
      throw error
    }
    return out
  }
}
