public import RunStore

/// Why a figure or a report of a run could not be made.
public enum ReportingError: StoreFailure, Equatable {
  /// A file could not be read or written.
  case file(FileError)

  /// A file of the run is not what its name says.
  case malformed(path: String, detail: String)

  /// The run lacks what a figure shows.
  case missing(figure: String, run: String, Ingredient)

  /// What a figure is made of.
  public enum Ingredient: Sendable, Equatable {
    /// `history.csv`.
    case history

    /// `equations.json`.
    case equations

    /// `model.safetensors`.
    case network

    /// An exact solution or a table of reference values in the recipe.
    case reference

    /// A second variable.
    case secondVariable

    /// The equation of an unknown rather than of a neuron.
    case equationOfUnknown

    /// `probes.csv`.
    case probes

    /// A layer that was taken apart.
    case features

    /// Features that are ever active.
    case liveFeatures

    /// `circuit.json`.
    case circuit

    /// What weights over training show.
    case learning
  }

  /// The kind of failure, for an exit code.
  public var kind: FailureKind {
    switch self {
    case .file(let error): error.kind
    case .malformed: .malformed
    case .missing: .notFound
    }
  }

  /// What was found, where, and what to do.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .malformed(let path, let detail):
      "\(path): \(detail); the file is damaged or of another program: make the run anew"
    case .missing(let figure, let run, let ingredient):
      "\(run): there is nothing to draw as '\(figure)': \(ingredient.sentence(run: run))"
    }
  }
}

extension ReportingError.Ingredient {
  /// What is missing and which command makes it.
  ///
  /// - Parameter run: The run directory.
  /// - Returns: Half a sentence.
  public func sentence(run: String) -> String {
    switch self {
    case .history: "the run holds no history.csv; 'limbeck train RECIPE --out \(run)' writes one"
    case .equations: "the run holds no equations.json; 'limbeck distill \(run)' finds equations"
    case .network:
      "the run holds no model.safetensors; 'limbeck train RECIPE --out \(run) --resume' "
        + "finishes the training"
    case .reference:
      "the recipe knows no true solution; give one as 'problem: {exact: ...}' or 'reference: FILE'"
    case .secondVariable: "the problem has one variable, whose whole solution 'solution' draws"
    case .equationOfUnknown:
      "no equation was chosen for an unknown of the problem; 'limbeck distill \(run)' finds one"
    case .probes: "the run holds no probes.csv; 'limbeck probe \(run)' asks what its layers hold"
    case .features:
      "no layer was taken apart; 'limbeck sae \(run) --label' finds features and their equations"
    case .liveFeatures:
      "no feature is ever active; 'limbeck sae \(run) --k N' with a larger N keeps more alive"
    case .circuit:
      "the run holds no circuit; 'limbeck circuit \(run)' cuts all weights that can be spared"
    case .learning:
      "the run holds no spectra over training; 'limbeck train RECIPE --out \(run) --snapshots 60' keeps "
        + "weights for 'limbeck spectrum \(run)'"
    }
  }
}
