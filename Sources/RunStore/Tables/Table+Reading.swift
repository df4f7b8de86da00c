extension Table {
  /// Reads a table in the format that the extension names.
  ///
  /// - `.csv`, `.tsv`, `.txt`, `.dat`: see ``CSVReader``.
  /// - `.npy`: one axis is one column; two axes are `[rows, columns]` without names.
  /// - `.npz`: arrays of one axis are columns by name; an array of two axes named `X` becomes
  ///   `x0`, `x1`, …, any other `name0`, `name1`, …. A column `y` goes last. An array of two axes that
  ///   is alone in its file is read as from `.npy`: its columns have no names.
  /// - `.h5`, `.hdf5`: as `.npz`, from the data sets at the root; `file.h5:/group/name` reads one
  ///   data set as `.npy`.
  ///
  /// - Parameters:
  ///   - path: The file, for HDF5 optionally followed by `:/` and the path of a data set.
  ///   - minimumRows: The number of rows that the caller needs.
  ///   - limit: The largest accepted file and table in bytes.
  /// - Throws: ``TableError`` with the path and the place in the file.
  public init(
    contentsOf path: String, minimumRows: Int = 1, limit: Int = FileContents.defaultLimit
  ) throws(TableError) {
    let table: Table
    switch TableFormat(path: path) {
    case .text: table = try Self.text(path, limit)
    case .numpyArray: table = try Self.numpyArray(path, limit)
    case .numpyArchive: table = try Self.numpyArchive(path, limit)
    case .hdf5: table = try Self.hdf5(path, limit)
    case nil:
      // A misspelled name is worth more to the user than a lecture about formats.
      do {
        try FileSystem.checkReadable(path)
      } catch {
        throw .file(error)
      }
      throw .unknownFormat(path: path)
    }
    guard table.rowCount >= minimumRows else {
      throw .tooFewRows(path: path, count: table.rowCount, minimum: minimumRows)
    }
    self = table
  }

  private static func text(_ path: String, _ limit: Int) throws(TableError) -> Table {
    let bytes: [UInt8]
    do {
      bytes = try FileContents.read(path, limit: limit)
    } catch {
      throw .file(error)
    }
    return try CSVReader.table(parsing: bytes, path: path)
  }

  private static func numpyArray(_ path: String, _ limit: Int) throws(TableError) -> Table {
    if var reader = NumpyTableReader(path, limit: limit), reader.readAll() {
      let names = defaultNames(count: reader.columns.count)
      let columns = zip(names, reader.columns).map { (name: $0, values: $1) }
      try check(columns, path)
      return Table(names: names, columns: columns.map(\.values))
    }
    let array: NumpyArray
    do {
      array = try NumpyArray(contentsOf: path, limit: limit)
    } catch {
      throw .numpy(error)
    }
    return try assemble([NamedArray(name: nil, shape: array.shape, values: array.doubles)], path)
  }

  private static func numpyArchive(_ path: String, _ limit: Int) throws(TableError) -> Table {
    let archive: NumpyArchive
    do {
      archive = try NumpyArchive(contentsOf: path, limit: limit)
    } catch {
      throw .numpy(error)
    }
    return try assemble(
      archive.entries.map {
        NamedArray(name: $0.name, shape: $0.array.shape, values: $0.array.doubles)
      }, path)
  }

  private static func hdf5(_ path: String, _ limit: Int) throws(TableError) -> Table {
    let place = HDF5Path(path)
    let arrays: [NamedArray]
    do {
      arrays = try HDF5Reader.read(place.file, dataset: place.dataset, limit: limit)
    } catch {
      throw .hdf5(error)
    }
    guard place.dataset == nil else {
      return try assemble(
        arrays.map { NamedArray(name: nil, shape: $0.shape, values: $0.values) }, path)
    }
    return try assemble(arrays, path)
  }

  /// Makes columns of arrays and checks what makes a table.
  static func assemble(_ arrays: [NamedArray], _ path: String) throws(TableError) -> Table {
    var columns: [(name: String, values: [Double])] = []
    for array in arrays {
      switch array.shape.count {
      case 1: columns.append((array.name ?? "y", array.values))
      case 2:
        let (rows, width) = (array.shape[0], array.shape[1])
        // Without rows any width takes no bytes, so the reader has not refused an absurd one.
        guard rows > 0 else { throw .tooFewRows(path: path, count: 0, minimum: 1) }
        let names = arrays.count == 1 ? defaultNames(count: width) : names(array, width: width)
        for column in 0..<width {
          let values = (0..<rows).map { array.values[$0 * width + column] }
          columns.append((names[column], values))
        }
      default:
        throw .unsupportedRank(path: path, array: array.name, shape: array.shape)
      }
    }
    // The target is the last column unless named, and y is what the field calls a target.
    if let y = columns.firstIndex(where: { $0.name == "y" }) {
      columns.append(columns.remove(at: y))
    }
    try check(columns, path)
    return Table(names: columns.map(\.name), columns: columns.map(\.values))
  }

  private static func names(_ array: NamedArray, width: Int) -> [String] {
    guard let name = array.name else { return defaultNames(count: width) }
    let stem = name == "X" ? "x" : name
    return (0..<width).map { "\(stem)\($0)" }
  }

  private static func check(
    _ columns: [(name: String, values: [Double])], _ path: String
  ) throws(TableError) {
    guard let first = columns.first else { throw .noColumns(path: path) }
    var names: Set<String> = []
    for (name, values) in columns {
      guard names.insert(name).inserted else { throw .duplicateColumn(path: path, name: name) }
      guard values.count == first.values.count else {
        throw .lengthMismatch(
          path: path, column: name, length: values.count, expected: first.values.count)
      }
      if let row = values.firstIndex(where: { !$0.isFinite }) {
        throw .notFinite(path: path, column: name, row: row + 1, value: .init(values[row]))
      }
    }
    guard !first.values.isEmpty else { throw .tooFewRows(path: path, count: 0, minimum: 1) }
  }
}
