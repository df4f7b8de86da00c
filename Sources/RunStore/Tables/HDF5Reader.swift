/// Reads data sets of numbers from HDF5 files into memory.
enum HDF5Reader {
  /// Reads one data set, or all of the file's root if `dataset` is `nil`.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - dataset: The path of the data set within the file.
  ///   - limit: The largest accepted data set in bytes of memory.
  /// - Returns: The arrays, sorted by name.
  /// - Throws: ``HDF5Error``.
  static func read(
    _ path: String, dataset: String?, limit: Int = FileContents.defaultLimit
  ) throws(HDF5Error) -> [NamedArray] {
    let file = try HDF5File(reading: path)
    if let dataset { return [try array(dataset, of: file, limit)] }
    let available = file.datasetNames()
    guard !available.isEmpty else { throw .malformed(path: path, problem: .noDatasets) }
    var arrays: [NamedArray] = []
    for name in available { arrays.append(try array(name, of: file, limit)) }
    return arrays
  }

  private static func array(
    _ name: String, of file: HDF5File, _ limit: Int
  ) throws(HDF5Error) -> NamedArray {
    let dataset = try file.dataset(name)
    let count = dataset.shape.reduce(1, *)
    guard count <= limit / ElementType.float64.byteCount else {
      throw .malformed(
        path: file.path, problem: .tooLarge(dataset: name, shape: dataset.shape, limit: limit))
    }
    var values = [Double](repeating: 0, count: count)
    let outcome: Result<Void, HDF5Error> = values.withUnsafeMutableBytes { bytes in
      Result { () throws(HDF5Error) in
        guard let base = bytes.baseAddress, count > 0 else { return }
        try dataset.read(rows: 0..<dataset.shape[0], into: base, as: .double)
      }
    }
    try outcome.get()
    return NamedArray(name: name, shape: dataset.shape, values: values)
  }
}
