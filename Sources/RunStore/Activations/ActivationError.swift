/// Why activations could not be read.
public enum ActivationError: StoreFailure, Equatable {
  /// The file system refused.
  case file(FileError)

  /// An HDF5 file is malformed.
  case hdf5(HDF5Error)

  /// A `.npy` or `.npz` file is malformed.
  case numpy(NumpyError)

  /// A safetensors file is malformed.
  case safetensors(SafetensorsError)

  /// A text table is malformed.
  case table(TableError)

  /// The extension names no format of arrays.
  case unknownFormat(path: String)

  /// The file has no array of the name.
  case noArray(String, path: String, available: [String])

  /// The file has several arrays, and none was named.
  case severalArrays(path: String, available: [String])

  /// The file has no array.
  case noArrays(path: String)

  /// An array has another number of axes than one or two.
  case unsupportedShape([Int], path: String, array: String?)

  /// An array has no rows or no columns.
  case empty(path: String, array: String?, shape: [Int])

  /// NaN or infinity; rows and columns count from 0, as in NumPy.
  case notFinite(
    path: String, array: String?, row: Int, column: Int, value: TableError.NonFinite)

  /// A number beyond the range of single precision, in which activations are analysed.
  case tooLarge(path: String, array: String?, row: Int, column: Int, value: Double)

  /// The writing of a file of activations was not ended.
  case incomplete(path: String)

  /// An HDF5 file is not one of activations in this project's layout.
  case otherLayout(path: String, missing: String)

  /// Two arrays of a file have different numbers of rows.
  case sampleMismatch(path: String, array: String, samples: Int, expected: Int)

  /// The file became shorter while it was read.
  case shortened(path: String)

  /// The kind of failure, for an exit code.
  public var kind: FailureKind {
    switch self {
    case .file(let error): error.kind
    case .hdf5(let error): error.kind
    case .numpy(let error): error.kind
    case .safetensors(let error): error.kind
    case .table(let error): error.kind
    default: .malformed
    }
  }

  /// One sentence that says what was found, where, what was expected, and what to do.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .hdf5(let error): error.description
    case .numpy(let error): error.description
    case .safetensors(let error): error.description
    case .table(let error): error.description
    case .unknownFormat(let path):
      "\(path): not a known kind of array; known are "
        + ArrayFormat.allCases.flatMap(\.extensions).map { "." + $0 }.joined(separator: " ")
    case .noArray(let name, let path, let available):
      "\(path): no array '\(name)'; the file has \(available.joined(separator: ", "))"
    case .severalArrays(let path, let available):
      "\(path): several arrays (\(available.joined(separator: ", "))); "
        + "name one as \(path):/\(available[0])"
    case .noArrays(let path):
      ArrayFormat(path: path) == .hdf5
        ? "\(path): no data set of numbers at its top; name one of a group as \(path):/group/name"
        : "\(path): no array of numbers in it"
    case .unsupportedShape(let shape, let path, let array):
      "\(Self.place(path, array)) has shape \(shape); activations need [samples, width], "
        + "so join all axes but the last"
    case .empty(let path, let array, let shape):
      "\(Self.place(path, array)) has shape \(shape); at least one row and one column are needed"
    case .notFinite(let path, let array, let row, let column, let value):
      "\(Self.place(path, array)): row \(row), column \(column) (counted from 0) is "
        + "\(value.rawValue); remove the row or repair it"
    case .tooLarge(let path, let array, let row, let column, let value):
      "\(Self.place(path, array)): row \(row), column \(column) (counted from 0) is \(value), beyond "
        + "single precision; divide the activations by a constant"
    case .incomplete(let path):
      "\(path): the file is not complete; whatever wrote it was ended before its time, write it again"
    case .otherLayout(let path, let missing):
      "\(path): not a file of activations written by limbeck (\(missing) is missing or wrong); "
        + "name an array as \(path):/name"
    case .sampleMismatch(let path, let array, let samples, let expected):
      "\(path): '\(array)' has \(samples) rows and the coordinates \(expected); write the file again"
    case .shortened(let path):
      "\(path): the file became shorter while it was read; wait until it is written"
    }
  }

  private static func place(_ path: String, _ array: String?) -> String {
    array.map { "\(path): '\($0)'" } ?? path
  }
}
