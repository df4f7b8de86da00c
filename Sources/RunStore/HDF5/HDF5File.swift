import CHDF5

/// An HDF5 file, open for reading until the value goes away.
///
/// The library is not safe on hostile files, so everything the file claims is checked before its
/// elements are read; links that lead to other files are not followed.
final class HDF5File: Sendable {
  /// The file's path.
  let path: String

  private let identifier: hid_t

  /// Opens a file.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``HDF5Error``.
  init(reading path: String) throws(HDF5Error) {
    // The library reports a missing file like a damaged one: ask the system first.
    do {
      try FileSystem.checkReadable(path)
    } catch {
      throw .file(error)
    }
    self.path = path
    identifier = HDF5Library.locked { limbeck_h5f_open_readonly(path) }
    guard identifier >= 0 else { throw .malformed(path: path, problem: .notHDF5) }
  }

  deinit {
    guard identifier >= 0 else { return }
    _ = HDF5Library.locked { H5Fclose(identifier) }
  }

  /// The names of the data sets in a group, sorted; none if there is no such group.
  ///
  /// - Parameter group: The path of the group.
  /// - Returns: Names without the group's.
  func datasetNames(in group: String = "/") -> [String] {
    HDF5Library.locked {
      guard group == "/" || isWithinFile(group) else { return [] }
      let place = H5Gopen2(identifier, group, limbeck_h5p_default())
      guard place >= 0 else { return [] }
      defer { H5Gclose(place) }
      return Self.datasetNames(of: place)
    }
  }

  /// A data set that may be read.
  ///
  /// - Parameter name: Its path within the file.
  /// - Returns: The data set, its type, axes and size checked.
  /// - Throws: ``HDF5Error`` that says what is wrong with it.
  func dataset(_ name: String) throws(HDF5Error) -> HDF5Dataset {
    guard HDF5Library.locked({ isDataset(name) }) else {
      throw .malformed(path: path, problem: .noDataset(name, available: datasetNames()))
    }
    return try HDF5Dataset(name, of: identifier, in: self)
  }

  /// A text that belongs to the whole file, nil if there is none.
  ///
  /// - Parameter attribute: The text's name.
  /// - Returns: The text.
  func text(_ attribute: String) -> String? {
    HDF5Library.locked { HDF5Attribute.text(attribute, of: identifier) }
  }

  /// A whole number that belongs to the whole file, nil if there is none.
  ///
  /// - Parameter attribute: The number's name.
  /// - Returns: The number.
  func integer(_ attribute: String) -> Int? {
    HDF5Library.locked { HDF5Attribute.integer(attribute, of: identifier) }
  }

  /// The file's size in bytes.
  var byteCount: Int {
    HDF5Library.locked {
      var count: hsize_t = 0
      H5Fget_filesize(identifier, &count)
      return Int(clamping: count)
    }
  }

  /// Whether every component of a path is an ordinary link.
  private func isWithinFile(_ name: String) -> Bool {
    var prefix = ""
    for component in name.split(separator: "/") {
      prefix += "/" + component
      guard limbeck_h5l_is_hard(identifier, prefix) != 0 else { return false }
    }
    return !prefix.isEmpty
  }

  private func isDataset(_ name: String) -> Bool {
    isWithinFile(name) && Self.isDataset(name, of: identifier)
  }

  private static func isDataset(_ name: String, of group: hid_t) -> Bool {
    let object = H5Oopen(group, name, limbeck_h5p_default())
    guard object >= 0 else { return false }
    defer { H5Oclose(object) }
    return H5Iget_type(object) == H5I_DATASET
  }

  private static func datasetNames(of group: hid_t) -> [String] {
    var names: [String] = []
    var index: hsize_t = 0
    while true {
      let length = H5Lget_name_by_idx(
        group, ".", H5_INDEX_NAME, H5_ITER_INC, index, nil, 0, limbeck_h5p_default())
      guard length > 0 else { return names }
      var buffer = [CChar](repeating: 0, count: length + 1)
      H5Lget_name_by_idx(
        group, ".", H5_INDEX_NAME, H5_ITER_INC, index, &buffer, buffer.count,
        limbeck_h5p_default())
      index += 1
      let name = String(decoding: buffer.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
      if limbeck_h5l_is_hard(group, name) != 0, isDataset(name, of: group) { names.append(name) }
    }
  }
}
