import CHDF5
import Synchronization

/// Reads data sets of numbers from HDF5 files.
///
/// The library is not safe on hostile files, so everything the file claims is checked before its
/// elements are read: class of type, rank, and size against the limit and against what the stored
/// bytes can unpack to. Links and data sets that lead to other files are refused.
enum HDF5Reader {
  /// Distribution builds of HDF5 are not safe for several threads: one call at a time.
  private static let library = Mutex(())

  /// Deflate's largest ratio; the other usual filters (shuffle, szip) shrink less.
  private static let largestRatio = 1032

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
    // The library reports a missing file like a damaged one: ask the system first.
    do {
      try FileSystem.checkReadable(path)
    } catch {
      throw .file(error)
    }
    let result = library.withLock { _ in
      Result { () throws(Failure) in try readLocked(path, dataset, limit) }
    }
    do {
      return try result.get()
    } catch {
      throw .malformed(path: path, problem: error.problem)
    }
  }

  private struct Failure: Error {
    let problem: HDF5Error.Problem
  }

  private static func readLocked(
    _ path: String, _ dataset: String?, _ limit: Int
  ) throws(Failure) -> [NamedArray] {
    limbeck_h5e_silence()
    let file = limbeck_h5f_open_readonly(path)
    guard file >= 0 else { throw Failure(problem: .notHDF5) }
    defer { H5Fclose(file) }
    let available = datasets(of: file)
    if let dataset {
      return [try array(file, dataset, available: available, limit)]
    }
    guard !available.isEmpty else { throw Failure(problem: .noDatasets) }
    var arrays: [NamedArray] = []
    for name in available {
      arrays.append(try array(file, name, available: available, limit))
    }
    return arrays
  }

  /// The names of the data sets at the root, sorted by name.
  private static func datasets(of file: hid_t) -> [String] {
    var names: [String] = []
    var index: hsize_t = 0
    while true {
      let length = H5Lget_name_by_idx(
        file, ".", H5_INDEX_NAME, H5_ITER_INC, index, nil, 0, limbeck_h5p_default())
      guard length > 0 else { return names }
      var buffer = [CChar](repeating: 0, count: length + 1)
      H5Lget_name_by_idx(
        file, ".", H5_INDEX_NAME, H5_ITER_INC, index, &buffer, buffer.count,
        limbeck_h5p_default())
      index += 1
      let name = String(decoding: buffer.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
      guard limbeck_h5l_is_hard(file, name) != 0 else { continue }
      let object = H5Oopen(file, name, limbeck_h5p_default())
      guard object >= 0 else { continue }
      if H5Iget_type(object) == H5I_DATASET { names.append(name) }
      H5Oclose(object)
    }
  }

  private static func array(
    _ file: hid_t, _ name: String, available: [String], _ limit: Int
  ) throws(Failure) -> NamedArray {
    guard isWithinFile(file, name) else {
      throw Failure(problem: .noDataset(name, available: available))
    }
    let dataset = H5Dopen2(file, name, limbeck_h5p_default())
    guard dataset >= 0 else { throw Failure(problem: .noDataset(name, available: available)) }
    defer { H5Dclose(dataset) }

    let type = H5Dget_type(dataset)
    defer { H5Tclose(type) }
    guard [H5T_INTEGER, H5T_FLOAT].contains(H5Tget_class(type)) else {
      throw Failure(problem: .notNumeric(dataset: name))
    }
    let shape = try shape(dataset, name)
    guard !takesFromOtherFiles(dataset) else { throw Failure(problem: .otherFiles(dataset: name)) }

    var fileSize: hsize_t = 0
    H5Fget_filesize(file, &fileSize)
    let stored = Int(clamping: min(H5Dget_storage_size(dataset), fileSize))
    guard let memory = ElementType.float64.byteCount(of: shape), memory <= limit,
      memory / largestRatio <= max(stored, 1)
    else { throw Failure(problem: .absurdSize(dataset: name, shape: shape, stored: stored)) }

    var status: herr_t = 0
    let count = memory / ElementType.float64.byteCount
    let values = [Double](unsafeUninitializedCapacity: count) { buffer, filled in
      status = H5Dread(
        dataset, limbeck_h5t_native_double(), limbeck_h5s_all(), limbeck_h5s_all(),
        limbeck_h5p_default(), buffer.baseAddress)
      filled = status >= 0 ? count : 0
    }
    guard status >= 0 else { throw Failure(problem: .damaged(dataset: name)) }
    return NamedArray(name: name, shape: shape, values: values)
  }

  /// Whether every component of a path within the file is an ordinary link.
  private static func isWithinFile(_ file: hid_t, _ name: String) -> Bool {
    var prefix = ""
    for component in name.split(separator: "/") {
      prefix += "/" + component
      guard limbeck_h5l_is_hard(file, prefix) != 0 else { return false }
    }
    return !prefix.isEmpty
  }

  private static func shape(_ dataset: hid_t, _ name: String) throws(Failure) -> [Int] {
    let space = H5Dget_space(dataset)
    defer { H5Sclose(space) }
    let rank = Int(H5Sget_simple_extent_ndims(space))
    guard rank == 1 || rank == 2 else {
      throw Failure(problem: .unsupportedRank(dataset: name, rank: max(rank, 0)))
    }
    var extents = [hsize_t](repeating: 0, count: rank)
    H5Sget_simple_extent_dims(space, &extents, nil)
    // An extent beyond 2⁶³ overflows any size and is refused with the size.
    return extents.map { Int(clamping: $0) }
  }

  private static func takesFromOtherFiles(_ dataset: hid_t) -> Bool {
    let properties = H5Dget_create_plist(dataset)
    defer { H5Pclose(properties) }
    return H5Pget_layout(properties) == H5D_VIRTUAL || H5Pget_external_count(properties) > 0
  }
}
