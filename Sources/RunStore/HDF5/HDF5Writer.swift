import CHDF5

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes an HDF5 file that appears complete or not at all.
///
/// The library writes into the hidden sibling of an ``AtomicFile``. What has been written is flushed
/// now and then, so that memory and the work at the end stay bounded whatever the file's size.
struct HDF5Writer: ~Copyable {
  private let output: AtomicFile
  private let file: OpenFile

  /// Bytes between flushes.
  private static let flushInterval = 1 << 26

  /// Bytes of one chunk: a few are in memory for each data set, and a seek costs less than reading one.
  private static let chunkSize = 1 << 18

  /// Begins a file.
  ///
  /// - Parameter path: The destination; its directory must exist.
  /// - Throws: ``FileError/unwritable(path:reason:)``.
  init(replacing path: String) throws(FileError) {
    let output = try AtomicFile(replacing: path)
    file = try OpenFile(output.temporaryPath, path: path)
    self.output = output
  }

  /// Makes a group, which is not there yet.
  func createGroup(_ name: String) throws(FileError) {
    try file.call {
      let group = H5Gcreate2(
        $0.identifier, name, limbeck_h5p_default(), limbeck_h5p_default(), limbeck_h5p_default())
      guard group >= 0 else { return false }
      return H5Gclose(group) >= 0
    }
  }

  /// Makes an array, whose elements are written later.
  ///
  /// - Parameters:
  ///   - name: Its path within the file, in a group that is there.
  ///   - shape: One or two extents, none of them zero.
  ///   - type: `float32` or `float64`.
  ///   - attributes: Texts that belong to it.
  /// - Throws: ``FileError/unwritable(path:reason:)``.
  func createDataset(
    _ name: String, shape: [Int], type: ElementType, attributes: KeyValuePairs<String, String>
  ) throws(FileError) {
    precondition(!shape.contains(0) && (1...2).contains(shape.count), "an array has elements")
    precondition(type == .float32 || type == .float64, "elements are floating-point numbers")
    let rowSize = type.byteCount * shape[1...].reduce(1, *)
    let chunk = [min(max(1, Self.chunkSize / rowSize), shape[0])] + shape[1...]
    try file.call { file in
      let space = H5Screate_simple(Int32(shape.count), shape.map(hsize_t.init), nil)
      defer { H5Sclose(space) }
      let properties = H5Pcreate(limbeck_h5p_dataset_create())
      defer { H5Pclose(properties) }
      H5Pset_chunk(properties, Int32(chunk.count), chunk.map(hsize_t.init))
      // The time of writing would make two equal files differ.
      H5Pset_obj_track_times(properties, false)
      let dataset = H5Dcreate2(
        file.identifier, name,
        type == .float32 ? limbeck_h5t_float32_le() : limbeck_h5t_float64_le(), space,
        limbeck_h5p_default(), properties, limbeck_h5p_default())
      guard dataset >= 0 else { return false }
      file.datasets[name] = OpenDataset(identifier: dataset, shape: shape)
      return attributes.allSatisfy { HDF5Attribute.write($0.value, as: $0.key, of: dataset) }
    }
  }

  /// Writes elements.
  ///
  /// - Parameters:
  ///   - values: The elements of whole rows.
  ///   - name: An array that was created.
  ///   - firstRow: Where they begin.
  /// - Throws: ``FileError/unwritable(path:reason:)``.
  func write(_ values: [Float], to name: String, from firstRow: Int) throws(FileError) {
    try write(values, limbeck_h5t_native_float, name, firstRow)
  }

  /// Writes elements.
  ///
  /// - Parameters:
  ///   - values: The elements of whole rows.
  ///   - name: An array that was created.
  ///   - firstRow: Where they begin.
  /// - Throws: ``FileError/unwritable(path:reason:)``.
  func write(_ values: [Double], to name: String, from firstRow: Int) throws(FileError) {
    try write(values, limbeck_h5t_native_double, name, firstRow)
  }

  private func write<Number: BitwiseCopyable & Sendable>(
    _ values: [Number], _ type: () -> hid_t, _ name: String, _ firstRow: Int
  ) throws(FileError) {
    guard let dataset = file.datasets[name] else {
      preconditionFailure("there is no array '\(name)'")
    }
    let rowLength = dataset.shape[1...].reduce(1, *)
    precondition(values.count.isMultiple(of: rowLength), "whole rows are written")
    let start = dataset.shape.indices.map { hsize_t($0 == 0 ? firstRow : 0) }
    let count = dataset.shape.enumerated().map {
      hsize_t($0 == 0 ? values.count / rowLength : $1)
    }
    guard !values.isEmpty else { return }
    try file.call { file in
      let target = H5Dget_space(dataset.identifier)
      defer { H5Sclose(target) }
      guard H5Sselect_hyperslab(target, H5S_SELECT_SET, start, nil, count, nil) >= 0 else {
        return false
      }
      let source = H5Screate_simple(Int32(count.count), count, nil)
      defer { H5Sclose(source) }
      guard
        H5Dwrite(dataset.identifier, type(), source, target, limbeck_h5p_default(), values) >= 0
      else { return false }
      file.unflushed += values.count * MemoryLayout<Number>.stride
      guard file.unflushed >= Self.flushInterval else { return true }
      file.unflushed = 0
      return H5Fflush(file.identifier, H5F_SCOPE_LOCAL) >= 0
    }
  }

  /// Writes a text that belongs to the whole file.
  func write(_ text: String, as attribute: String) throws(FileError) {
    try file.call { HDF5Attribute.write(text, as: attribute, of: $0.identifier) }
  }

  /// Writes a whole number that belongs to the whole file, in the place of an earlier one.
  func write(_ number: Int, as attribute: String) throws(FileError) {
    try file.call { HDF5Attribute.write(number, as: attribute, of: $0.identifier) }
  }

  /// Writes everything out.
  func flush() throws(FileError) {
    try file.call { H5Fflush($0.identifier, H5F_SCOPE_GLOBAL) >= 0 }
  }

  /// Closes the file and puts it in its place.
  ///
  /// - Throws: ``FileError/unwritable(path:reason:)``; what was at the destination then is untouched.
  consuming func commit() throws(FileError) {
    try file.call { $0.close() }
    try output.commit()
  }

  private struct OpenDataset: Sendable {
    let identifier: hid_t
    let shape: [Int]
  }

  /// The library's side of the file.
  private final class OpenFile: @unchecked Sendable {
    private(set) var identifier: hid_t = -1
    var datasets: [String: OpenDataset] = [:]
    var unflushed = 0
    private let path: String

    /// Creates the file.
    init(_ temporaryPath: String, path: String) throws(FileError) {
      self.path = path
      try call {
        $0.identifier = limbeck_h5f_create(temporaryPath)
        return $0.identifier >= 0
      }
    }

    deinit { _ = HDF5Library.locked { close() } }

    /// Closes the file with all that is in it.
    func close() -> Bool {
      guard identifier >= 0 else { return true }
      var isClosed = true
      for dataset in datasets.values where H5Dclose(dataset.identifier) < 0 { isClosed = false }
      datasets = [:]
      if H5Fclose(identifier) < 0 { isClosed = false }
      identifier = -1
      return isClosed
    }

    /// Calls the library, and asks the system why if that fails.
    func call(_ body: (OpenFile) -> Bool) throws(FileError) {
      let code: Int32? = HDF5Library.locked {
        errno = 0
        return body(self) ? nil : errno
      }
      // The library has reasons of its own at times, and tells them to nobody.
      if let code { throw .writing(path, reason: SystemReason(code: code == 0 ? EIO : code)) }
    }
  }
}
