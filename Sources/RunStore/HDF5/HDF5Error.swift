/// Why a data set of an HDF5 file could not be read.
public enum HDF5Error: StoreFailure, Equatable {
  /// The file system refused.
  case file(FileError)

  /// The file is not HDF5, is damaged, or holds something that is not a table of numbers.
  case malformed(path: String, problem: Problem)

  /// What can be wrong with a file.
  public enum Problem: Sendable, Equatable {
    /// The HDF5 library does not recognise the file.
    case notHDF5

    /// There is no data set at the path within the file; the root has those in `available`.
    case noDataset(String, available: [String])

    /// The root of the file holds no data set.
    case noDatasets

    /// The elements are not integers or floating-point numbers.
    case notNumeric(dataset: String)

    /// The data set has another number of axes than one or two.
    case unsupportedRank(dataset: String, rank: Int)

    /// The data set is larger than its stored bytes can unpack to.
    case absurdSize(dataset: String, shape: [Int], stored: Int)

    /// The data set needs more memory than the limit.
    case tooLarge(dataset: String, shape: [Int], limit: Int)

    /// The pieces in which the data set is packed are larger than any program makes them.
    case absurdChunk(dataset: String, shape: [Int])

    /// The data set takes its elements from other files.
    case otherFiles(dataset: String)

    /// The library failed while it read the elements.
    case damaged(dataset: String)
  }

  /// The kind of failure, for an exit code.
  public var kind: FailureKind {
    switch self {
    case .file(let error): error.kind
    case .malformed: .malformed
    }
  }

  /// One sentence that says what was found, where, and what was expected.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .malformed(let path, let problem): "\(path): \(problem)"
    }
  }
}

extension HDF5Error.Problem: CustomStringConvertible {
  /// What was found and what was expected.
  public var description: String {
    switch self {
    case .notHDF5:
      "not an HDF5 file, damaged, or still being written"
    case .noDataset(let name, let available):
      "no data set '\(name)'; the file has "
        + (available.isEmpty ? "none at its root" : available.joined(separator: ", "))
    case .noDatasets:
      "no data set at its root; name one as file.h5:/group/name"
    case .notNumeric(let dataset):
      "data set '\(dataset)' does not hold integers or floating-point numbers"
    case .unsupportedRank(let dataset, let rank):
      "data set '\(dataset)' has \(rank) axes; a table needs 1 or 2"
    case .absurdSize(let dataset, let shape, let stored):
      "data set '\(dataset)' claims shape \(shape) with \(stored) bytes stored; that is too large"
    case .tooLarge(let dataset, let shape, let limit):
      "data set '\(dataset)' of shape \(shape) needs more than the \(limit) bytes that are accepted"
    case .absurdChunk(let dataset, let shape):
      "data set '\(dataset)' is packed in pieces of shape \(shape); that is too large"
    case .otherFiles(let dataset):
      "data set '\(dataset)' takes its elements from other files; copy them into one"
    case .damaged(let dataset):
      "data set '\(dataset)' is damaged: the HDF5 library could not read its elements"
    }
  }
}
