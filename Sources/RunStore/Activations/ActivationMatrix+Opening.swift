extension ActivationMatrix {
  /// Opens activations in the format that the extension names.
  ///
  /// - `.h5`, `.hdf5`: a data set of one or two axes; a file of activations that was not written to its
  ///   end is refused.
  /// - `.npy`: in either order; `.npz`: one of its arrays.
  /// - `.safetensors`: one of its tensors.
  /// - `.csv`, `.tsv`, `.txt`, `.dat`: see ``CSVReader``.
  ///
  /// An array of one axis is a matrix of one column.
  ///
  /// - Parameter path: The file, followed by `:/` and the name of an array if it has several.
  /// - Throws: ``ActivationError`` with the file, the array and what is wrong.
  public init(contentsOf path: String) throws(ActivationError) {
    let place = ArrayPath(path)
    switch ArrayFormat(path: place.file) {
    case .hdf5: self = try Self.hdf5(place)
    case .numpyArray: self = try Self.numpyArray(place.file)
    case .numpyArchive: self = try Self.numpyArchive(place)
    case .safetensors: self = try Self.safetensors(place)
    case .text: self = try Self.text(place.file)
    case nil:
      // A misspelled name is worth more to the user than a lecture about formats.
      try Self.open { () throws(FileError) in try FileSystem.checkReadable(path) }
      throw .unknownFormat(path: path)
    }
  }

  /// Opens a data set of a file that is open.
  init(_ file: HDF5File, dataset name: String) throws(ActivationError) {
    let dataset: HDF5Dataset
    do {
      dataset = try file.dataset(name)
    } catch {
      throw .hdf5(error)
    }
    let array = name.hasPrefix("/") ? String(name.dropFirst()) : name
    try Self.check(dataset.shape, file.path, array)
    self.init(HDF5Rows(dataset), file: file.path, array: array)
  }

  private static func hdf5(_ place: ArrayPath) throws(ActivationError) -> ActivationMatrix {
    let file: HDF5File
    do {
      file = try HDF5File(reading: place.file)
    } catch {
      throw .hdf5(error)
    }
    try ActivationFile.checkCompletion(of: file)
    // The coordinates of a file of activations are none.
    let name = try name(at: place, among: file.datasetNames().filter { $0 != "coordinates" })
    return try ActivationMatrix(file, dataset: name)
  }

  private static func numpyArray(_ path: String) throws(ActivationError) -> ActivationMatrix {
    let file = try open { () throws(FileError) in try ReadableFile(path) }
    let prefix = try open { () throws(FileError) in
      try file.prefix(NumpyHeader.limit + NumpyHeader.magic.count + 6)
    }
    let header: NumpyHeader
    do {
      header = try NumpyHeader(parsing: prefix)
      try header.checkSize(of: file.byteCount)
    } catch {
      throw .numpy(error.located(in: path))
    }
    try check(header.shape, path, nil)
    let rows = FlatRows(
      file, from: header.dataStart, header.elementType, byteOrder: header.byteOrder,
      shape: header.shape, isColumnMajor: header.isColumnMajor)
    return ActivationMatrix(rows, file: path, array: nil)
  }

  private static func numpyArchive(_ place: ArrayPath) throws(ActivationError) -> ActivationMatrix {
    let archive: NumpyArchive
    do {
      archive = try NumpyArchive(contentsOf: place.file)
    } catch {
      throw .numpy(error)
    }
    let names = archive.entries.map(\.name)
    let name = try name(at: place, among: names)
    guard let array = archive[name] else {
      throw .noArray(name, path: place.file, available: names)
    }
    try check(array.shape, place.file, name)
    return ActivationMatrix(TensorRows(array.tensor), file: place.file, array: name)
  }

  private static func safetensors(_ place: ArrayPath) throws(ActivationError) -> ActivationMatrix {
    let file = try open { () throws(FileError) in try ReadableFile(place.file) }
    func prefix(_ count: Int) throws(ActivationError) -> [UInt8] {
      try open { () throws(FileError) in try file.prefix(count) }
    }
    let start = try prefix(SafetensorsHeader.prefixCount)
    let size: Int
    do {
      size = try SafetensorsHeader.size(
        announcedBy: start, byteCount: file.byteCount, path: place.file)
    } catch {
      throw .safetensors(error)
    }
    let bytes = try prefix(size)
    let header: SafetensorsHeader
    do {
      header = try SafetensorsHeader(parsing: bytes, byteCount: file.byteCount, path: place.file)
    } catch {
      throw .safetensors(error)
    }
    let names = header.entries.map(\.name).sorted()
    let name = try name(at: place, among: names)
    guard let entry = header.entries.first(where: { $0.name == name }) else {
      throw .noArray(name, path: place.file, available: names)
    }
    try check(entry.shape, place.file, name)
    let rows = FlatRows(
      file, from: entry.range.lowerBound, entry.elementType, shape: entry.shape)
    return ActivationMatrix(rows, file: place.file, array: name)
  }

  private static func text(_ path: String) throws(ActivationError) -> ActivationMatrix {
    do {
      return ActivationMatrix(TableRows(try Table(contentsOf: path)), file: path, array: nil)
    } catch {
      throw .table(error)
    }
  }

  private static func open<Outcome>(
    _ body: () throws(FileError) -> Outcome
  ) throws(ActivationError) -> Outcome {
    do {
      return try body()
    } catch {
      throw .file(error)
    }
  }

  /// The array that a path names, or the only one.
  private static func name(
    at place: ArrayPath, among names: [String]
  ) throws(ActivationError) -> String {
    if let name = place.array { return name }
    guard let first = names.first else { throw .noArrays(path: place.file) }
    guard names.count == 1 else { throw .severalArrays(path: place.file, available: names) }
    return first
  }

  private static func check(
    _ shape: [Int], _ path: String, _ array: String?
  ) throws(ActivationError) {
    guard (1...2).contains(shape.count) else {
      throw .unsupportedShape(shape, path: path, array: array)
    }
    guard !shape.contains(0) else { throw .empty(path: path, array: array, shape: shape) }
  }
}
