import Limbeck

/// A run that is there: its directory, its recipe and its network, which fit each other.
struct StoredRun {
  let directory: RunDirectory
  let recipe: Recipe
  let solution: TrainedNetwork

  /// Opens a run.
  ///
  /// - Parameters:
  ///   - path: The run directory.
  ///   - purpose: Whether files will be written into it.
  /// - Throws: A `StoreFailure` that says which file is missing or wrong.
  init(_ path: String, for purpose: RunDirectory.Purpose) throws {
    directory = try RunDirectory.open(path, for: purpose)
    var recipe = try Recipe(contentsOf: try directory.path(of: .recipe))
    let modelPath = try directory.path(of: .model)
    solution = try TrainedNetwork(try SafetensorsFile(contentsOf: modelPath), path: modelPath)
    try solution.check(fits: recipe, path: modelPath)
    recipe.problem = recipe.problem.settingParameters(solution.foundParameters)
    self.recipe = recipe
  }

  /// The checksum of the network's file: another one, and the network was trained again.
  var modelChecksum: String {
    get throws(FileError) {
      try SHA256Digest(contentsOf: try directory.path(of: .model)).description
    }
  }

  /// Ends the writing into the run: its manifest gets the checksums of what is there now.
  ///
  /// - Throws: `FileError` if the manifest cannot be written.
  func commit() throws(FileError) {
    try directory.commit(
      (try? directory.manifest())
        ?? Manifest(
          version: limbeckVersion, seed: recipe.training.seed,
          instructionSet: InstructionSet.current.name))
  }
}
