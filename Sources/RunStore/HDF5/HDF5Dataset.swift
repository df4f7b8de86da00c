import CHDF5

/// A data set of numbers in an HDF5 file, whose claims have been checked.
///
/// Elements of any integer or floating-point type, half precision included, become `Float` or `Double`.
final class HDF5Dataset: Sendable {
  /// The path within the file.
  let name: String

  /// The extents, outermost first: one or two.
  let shape: [Int]

  /// Rows that lie together in the file: reading whole blocks of them unpacks nothing twice.
  let chunkRows: Int

  private let identifier: hid_t

  /// Keeps the file open.
  private let file: HDF5File

  /// Deflate's largest ratio; the other usual filters (shuffle, szip) shrink less.
  private static let largestRatio = 1032

  /// The widest number that is read, in bytes.
  private static let widestElement = 16

  /// The largest chunk that is unpacked, in bytes.
  private static let largestChunk = 1 << 30

  /// Memory for the chunks of one data set, unless a single one is larger.
  private static let cacheLimit = 1 << 26

  /// Opens a data set.
  ///
  /// - Parameters:
  ///   - name: Its path within the file, all components of which are ordinary links.
  ///   - parent: The file's identifier.
  ///   - file: The file.
  /// - Throws: ``HDF5Error`` if the data set is no array of numbers of one or two axes, claims more
  ///   than its bytes can hold, or takes its elements from other files.
  init(_ name: String, of parent: hid_t, in file: HDF5File) throws(HDF5Error) {
    self.name = name
    self.file = file
    let size = file.byteCount
    let outcome = HDF5Library.locked {
      Result { () throws(Failure) in try Self.open(name, of: parent, fileSize: size) }
    }
    do {
      (self.identifier, shape, chunkRows) = try outcome.get()
    } catch {
      throw .malformed(path: file.path, problem: error.problem)
    }
  }

  deinit { _ = HDF5Library.locked { H5Dclose(identifier) } }

  /// The number types that elements are read as.
  enum Number {
    /// 32 bits.
    case float

    /// 64 bits.
    case double
  }

  /// Reads elements.
  ///
  /// - Parameters:
  ///   - rows: Indices along the first axis.
  ///   - memory: Room for the elements, row after row.
  ///   - number: What they become.
  /// - Throws: ``HDF5Error`` if the library fails, such as at damaged bytes.
  func read(
    rows: Range<Int>, into memory: UnsafeMutableRawPointer, as number: Number
  ) throws(HDF5Error) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= shape[0], "rows lie in the data set")
    let start = shape.indices.map { hsize_t($0 == 0 ? rows.lowerBound : 0) }
    let count = shape.enumerated().map { hsize_t($0 == 0 ? rows.count : $1) }
    // The address is read in this call only.
    nonisolated(unsafe) let memory = memory
    let status: herr_t = HDF5Library.locked {
      let source = H5Dget_space(identifier)
      defer { H5Sclose(source) }
      guard H5Sselect_hyperslab(source, H5S_SELECT_SET, start, nil, count, nil) >= 0 else {
        return -1
      }
      let target = H5Screate_simple(Int32(count.count), count, nil)
      defer { H5Sclose(target) }
      let type = number == .float ? limbeck_h5t_native_float() : limbeck_h5t_native_double()
      return H5Dread(identifier, type, target, source, limbeck_h5p_default(), memory)
    }
    guard status >= 0 else {
      throw .malformed(path: file.path, problem: .damaged(dataset: name))
    }
  }

  /// A text that belongs to the data set, nil if there is none.
  ///
  /// - Parameter attribute: The text's name.
  /// - Returns: The text.
  func text(_ attribute: String) -> String? {
    HDF5Library.locked { HDF5Attribute.text(attribute, of: identifier) }
  }

  // MARK: - Checks

  private struct Failure: Error {
    let problem: HDF5Error.Problem
  }

  /// Checks a data set and opens it with memory for its chunks.
  private static func open(
    _ name: String, of file: hid_t, fileSize: Int
  ) throws(Failure) -> (hid_t, shape: [Int], chunkRows: Int) {
    let claims = try claims(name, of: file, fileSize: fileSize)
    let access = H5Pcreate(limbeck_h5p_dataset_access())
    defer { H5Pclose(access) }
    if let chunk = claims.chunk {
      let across = claims.shape.count == 2 ? (claims.shape[1] + chunk[1] - 1) / chunk[1] : 1
      let bytes = chunk.reduce(claims.elementSize, *)
      // Room for the chunks side by side that one row touches, and about a hundred slots for each.
      let room = max(min(across * bytes, cacheLimit), bytes)
      H5Pset_chunk_cache(access, 100 * min(across, 1000) + 1, room, 1)
    }
    let dataset = H5Dopen2(file, name, access)
    guard dataset >= 0 else { throw Failure(problem: .damaged(dataset: name)) }
    return (dataset, claims.shape, claims.chunk?[0] ?? 1)
  }

  /// What a data set says about itself, as far as it can be true; it is closed again, since the
  /// library settles the memory for chunks when a data set is first opened.
  private static func claims(
    _ name: String, of file: hid_t, fileSize: Int
  ) throws(Failure) -> (shape: [Int], elementSize: Int, chunk: [Int]?) {
    let dataset = H5Dopen2(file, name, limbeck_h5p_default())
    guard dataset >= 0 else { throw Failure(problem: .damaged(dataset: name)) }
    defer { H5Dclose(dataset) }
    let type = H5Dget_type(dataset)
    defer { H5Tclose(type) }
    let size = Int(clamping: H5Tget_size(type))
    guard [H5T_INTEGER, H5T_FLOAT].contains(H5Tget_class(type)), size <= widestElement else {
      throw Failure(problem: .notNumeric(dataset: name))
    }
    let shape = try shape(dataset, name)
    let properties = H5Dget_create_plist(dataset)
    defer { H5Pclose(properties) }
    let layout = H5Pget_layout(properties)
    guard layout != H5D_VIRTUAL, H5Pget_external_count(properties) == 0 else {
      throw Failure(problem: .otherFiles(dataset: name))
    }
    let stored = min(Int(clamping: H5Dget_storage_size(dataset)), fileSize)
    guard let memory = ElementType.float64.byteCount(of: shape),
      memory / largestRatio <= max(stored, 1)
    else { throw Failure(problem: .absurdSize(dataset: name, shape: shape, stored: stored)) }

    guard layout == H5D_CHUNKED else { return (shape, size, nil) }
    var extents = [hsize_t](repeating: 0, count: shape.count)
    guard H5Pget_chunk(properties, Int32(extents.count), &extents) == shape.count else {
      throw Failure(problem: .damaged(dataset: name))
    }
    let chunk = extents.map { Int(clamping: $0) }
    guard !chunk.contains(0), let elements = ElementType.uint8.byteCount(of: chunk),
      elements <= largestChunk / size
    else { throw Failure(problem: .absurdChunk(dataset: name, shape: chunk)) }
    return (shape, size, chunk)
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
}
