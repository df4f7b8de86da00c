/// The formats of arrays, told apart by the extension of the file's name.
enum ArrayFormat: CaseIterable {
  /// Data sets of an HDF5 file.
  case hdf5

  /// One NumPy array.
  case numpyArray

  /// Several named NumPy arrays.
  case numpyArchive

  /// Several named tensors.
  case safetensors

  /// Text with separators.
  case text

  /// The extensions of the format, in lower case.
  var extensions: [String] {
    switch self {
    case .hdf5: TableFormat.hdf5.extensions
    case .numpyArray: TableFormat.numpyArray.extensions
    case .numpyArchive: TableFormat.numpyArchive.extensions
    case .safetensors: ["safetensors"]
    case .text: TableFormat.text.extensions
    }
  }

  /// Whether a file holds several arrays, each with a name.
  var hasNames: Bool { [.hdf5, .numpyArchive, .safetensors].contains(self) }

  /// The format of a file by its name.
  ///
  /// - Parameter path: The path of the file alone.
  init?(path: String) {
    let suffix = PathText.pathExtension(path)
    guard let format = Self.allCases.first(where: { $0.extensions.contains(suffix) }) else {
      return nil
    }
    self = format
  }
}

/// A path that may name an array within a file: `file.npz:/name`, `file.h5:/group/name`.
struct ArrayPath {
  let file: String
  let array: String?

  init(_ path: String) {
    for marker in path.indices where path[marker...].hasPrefix(":/") {
      let file = String(path[..<marker])
      guard let format = ArrayFormat(path: file), format.hasNames else { continue }
      self.file = file
      array = String(path[marker...].dropFirst(2))
      return
    }
    file = path
    array = nil
  }
}
