/// The formats of tables, told apart by the extension of the file's name.
public enum TableFormat: Sendable, CaseIterable {
  /// Text with separators.
  case text

  /// One NumPy array of one or two axes.
  case numpyArray

  /// Several named NumPy arrays.
  case numpyArchive

  /// An HDF5 file.
  case hdf5

  /// The extensions of the format, in lower case.
  public var extensions: [String] {
    switch self {
    case .text: ["csv", "tsv", "txt", "dat"]
    case .numpyArray: ["npy"]
    case .numpyArchive: ["npz"]
    case .hdf5: ["h5", "hdf5"]
    }
  }

  /// The format of a file by its name.
  ///
  /// - Parameter path: The path; `file.h5:/group/name` is HDF5.
  public init?(path: String) {
    let suffix = PathText.pathExtension(HDF5Path(path).file)
    guard let format = Self.allCases.first(where: { $0.extensions.contains(suffix) }) else {
      return nil
    }
    self = format
  }
}

/// A path that may name a data set within an HDF5 file: `file.h5:/group/name`.
struct HDF5Path {
  let file: String
  let dataset: String?

  init(_ path: String) {
    for marker in path.indices where path[marker...].hasPrefix(":/") {
      let file = String(path[..<marker])
      guard TableFormat.hdf5.extensions.contains(PathText.pathExtension(file)) else { continue }
      self.file = file
      self.dataset = String(path[path.index(after: marker)...])
      return
    }
    file = path
    dataset = nil
  }
}
