public import RunStore
internal import Tensors

/// Why probes cannot be fitted.
public enum ProbeError: StoreFailure, Equatable {
  /// There are too few samples to hold some out.
  case tooFewSamples(Int)

  /// Activations that are not finite.
  case notFinite(layer: String, row: Int, column: Int, value: Double)

  /// Target values that are not finite.
  case targetNotFinite(String, row: Int, value: Double)

  /// A file has another number of samples than the activations.
  case otherLength(path: String, found: Int, activations: String, expected: Int)

  /// The activations of an untrained network have another width.
  case otherWidth(path: String, found: Int, expected: Int)

  /// The targets have no such column, or the network no such field.
  case noTarget(String, found: [String])

  /// The kind of failure, for an exit code.
  public var kind: FailureKind { .malformed }

  /// One sentence that says what was found, what was expected and what to do.
  public var description: String {
    switch self {
    case .tooFewSamples(let count):
      "\(count) sample\(count == 1 ? " is" : "s are") too few to fit a probe and hold some out; "
        + "give at least \(ProbeError.leastSamples)"
    case .notFinite(let layer, let row, let column, let value):
      "the activations of \(layer) hold \(value) in row \(row + 1), column \(column + 1); "
        + "remove such samples or train the network again"
    case .targetNotFinite(let name, let row, let value):
      "target '\(name)' is \(value) in row \(row + 1); remove such samples"
    case .otherLength(let path, let found, let activations, let expected):
      "\(path) has \(found) rows and \(activations) \(expected); give one row for each sample"
    case .otherWidth(let path, let found, let expected):
      "\(path) has \(found) columns, expected the \(expected) of the trained network's activations"
    case .noTarget(let name, let found):
      "there is no target '\(name)'; choose among \(found.joined(separator: ", "))"
    }
  }

  /// The smallest number of samples of a study.
  static let leastSamples = 8
}

extension ProbeStudy {
  /// Checks that there is something to fit and to judge by.
  ///
  /// A constant target is no error here: its row says that R² is not defined.
  func check() throws(ProbeError) {
    let samples = sites.first?.activations.rows ?? 0
    guard samples >= ProbeError.leastSamples else { throw .tooFewSamples(samples) }
    for target in targets {
      if let row = target.values.firstIndex(where: { !$0.isFinite }) {
        throw .targetNotFinite(target.name, row: row, value: target.values[row])
      }
    }
    for site in sites {
      let width = site.activations.columns
      let bad = site.activations.withUnsafePointer { a in
        (0..<samples * width).first { !a[$0].isFinite }
      }
      if let bad {
        let (row, column) = (bad / width, bad % width)
        throw .notFinite(
          layer: site.name, row: row, column: column, value: site.activations[row, column])
      }
    }
  }
}
