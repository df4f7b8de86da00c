public import RunStore
public import Symbolic

/// Why a distillation cannot start.
public enum DistillationError: StoreFailure, Equatable {
  /// The target is no unknown of the run.
  case noUnknown(String, found: [String], suggestion: String?)

  /// A layer has no such neuron.
  case noNeuron(String, layer: String, neurons: Int)

  /// A direction has another number of weights than its layer has neurons.
  case badDirection(path: String, found: Int, expected: Int)

  /// A layer's sparse autoencoder has no such feature; how many it has is nil if that was not looked up.
  case noFeature(String, layer: String, features: Int?)

  /// No sparse autoencoder was trained on a layer, or there is no directory for one.
  case noAutoencoder(layer: String, path: String?)

  /// A sparse autoencoder is of a layer of another width.
  case otherAutoencoder(path: String, found: Int, expected: Int)

  /// A target of several equations where one is expected.
  case severalTargets(String)

  /// No neuron of a layer varies.
  case constantLayer(String)

  /// The target is no column of the table.
  case noColumn(String, path: String, found: [String], suggestion: String?)

  /// A column is given two roles: target, weight or variable.
  case twoRoles(String, path: String)

  /// Every column but the target has one value.
  case noVariation(path: String)

  /// The equations of an earlier distillation cannot be read.
  case badFront(path: String)

  /// None of the equations of an earlier distillation can be used.
  case noUsableFormula(path: String, count: Int, first: SearchError?)

  /// A directory holds no search that could go on: it reached its target, or there was none.
  case noState(path: String, isFinished: Bool)

  /// The file of a saved search is not one.
  case badState(path: String)

  /// The grammar is neither shipped nor a file.
  case noGrammar(String, shipped: [String], suggestion: String?)

  /// The table holds nothing that could be searched.
  case unsearchable(path: String, SearchError)

  /// A problem of several unknowns is to be solved without a network.
  case severalUnknowns([String])

  /// A table's target is no unknown of the recipe that it is put into.
  case notUnknown(String, path: String, unknowns: [String])

  /// A table's columns are not the variables of the recipe that it is put into.
  case otherVariables(path: String, found: [String], expected: [String])

  /// The kind of failure, for an exit code.
  public var kind: FailureKind {
    switch self {
    case .noUnknown, .noNeuron, .noFeature, .otherAutoencoder, .badDirection, .severalTargets,
      .constantLayer, .noColumn,
      .twoRoles,
      .badState, .unsearchable, .severalUnknowns, .notUnknown, .otherVariables, .noVariation,
      .badFront, .noUsableFormula:
      .malformed
    case .noGrammar, .noState, .noAutoencoder: .notFound
    }
  }

  /// One sentence that says what was found, what was expected, and what to do about it.
  public var description: String {
    switch self {
    case .noUnknown(let name, let found, let suggestion):
      "the run has no unknown or layer '\(name)'" + Self.hint(suggestion, found)
    case .noNeuron(let text, let layer, let neurons):
      "'\(text)' is no neuron: write '\(layer).neuron0' to '\(layer).neuron\(neurons - 1)', or "
        + "'\(layer)' for all of them"
    case .badDirection(let path, let found, let expected):
      "\(path): a direction of \(found) weights for a layer of \(expected) neurons; give one weight "
        + "a neuron, in one column"
    case .noFeature(let text, let layer, let features):
      "'\(text)' is no feature of \(layer): write 'sae.\(layer).feature0'"
        + (features.map { " to 'sae.\(layer).feature\($0 - 1)'" } ?? "")
    case .noAutoencoder(let layer, let path):
      (path.map { "\($0): " } ?? "")
        + "there is no sparse autoencoder of \(layer) yet; train one with "
        + "'limbeck sae RUN --layer \(layer)' first"
    case .otherAutoencoder(let path, let found, let expected):
      "\(path): an autoencoder of \(found) units for a layer of \(expected); train it again with "
        + "'limbeck sae'"
    case .severalTargets(let text):
      "'\(text)' stands for an equation of each neuron where one equation is searched; name one neuron, "
        + "such as '\(text).neuron0'"
    case .constantLayer(let name):
      "every neuron of '\(name)' is constant on the grid, so there is nothing to find; name another layer, "
        + "or train the network further"
    case .noColumn(let name, let path, let found, let suggestion):
      "\(path): there is no column '\(name)'" + Self.hint(suggestion, found)
    case .twoRoles(let name, let path):
      "\(path): the column '\(name)' is given two roles; a column is a target, the weights or a "
        + "variable"
    case .noVariation(let path):
      "\(path): every column but the target has one value; record what varies with the target"
    case .badFront(let path):
      "\(path): not the equations of a distillation, or damaged; start without --start"
    case .noUsableFormula(let path, let count, let first):
      "\(path): none of its \(count) equations can be a start here"
        + (first.map { ": \($0)" } ?? ", they are constants") + "; start without --start"
    case .noState(let path, true):
      "\(path): its search reached its target and ended; search anew with --force, or start another one "
        + "from its equations with --start"
    case .noState(let path, false):
      "\(path): no search ended here that could go on; search without --resume"
    case .badState(let path):
      "\(path): not a saved search, or a damaged one; search anew without --resume"
    case .noGrammar(let name, let shipped, let suggestion):
      "'\(name)' is neither a shipped grammar nor a file" + Self.hint(suggestion, shipped)
    case .severalUnknowns(let names):
      "the problem has \(names.count) unknowns, \(names.joined(separator: ", ")); without a network a "
        + "search solves for one: train the recipe and distil the run"
    case .notUnknown(let name, let path, let unknowns):
      "\(path): the column to explain is '\(name)' and the recipe solves for "
        + "\(unknowns.joined(separator: ", ")); name that column with --target, or rename it"
    case .otherVariables(let path, let found, let expected):
      "\(path): the columns \(found.joined(separator: ", ")) are not the recipe's variables "
        + "\(expected.joined(separator: ", ")); rename them, or leave others out with --columns"
    case .unsearchable(let path, let error):
      "\(path): \(error)"
    }
  }

  private static func hint(_ suggestion: String?, _ found: [String]) -> String {
    suggestion.map { "; did you mean '\($0)'?" } ?? "; there are \(found.joined(separator: ", "))"
  }
}
