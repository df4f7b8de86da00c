import Limbeck

extension Recipe {
  /// Reads a recipe and applies what the command line overrides.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - shared: The options.
  ///   - time: Seconds of training, which replace both limits of the recipe.
  ///   - steps: Steps of training, which replace both limits of the recipe.
  /// - Throws: `RecipeError` with the file and line.
  init(_ path: String, shared: SharedOptions, time: Double? = nil, steps: Int? = nil) throws {
    self = try Recipe(contentsOf: path)
    if let seed = shared.seed { training.seed = seed }
    if time != nil || steps != nil {
      training.time = time
      training.steps = steps
    }
  }

  /// Reads the recipe that a training keeps beside its results.
  ///
  /// - Parameter directory: The run directory.
  /// - Throws: What is wrong with the directory or the recipe.
  init(begunIn directory: String) throws {
    let run = try RunDirectory.open(directory, for: .reading)
    try self.init(contentsOf: try run.path(of: .recipe))
  }
}
