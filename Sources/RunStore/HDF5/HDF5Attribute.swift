import CHDF5

/// Texts and whole numbers that stand beside the data of an HDF5 file.
///
/// These functions call the library and are called within ``HDF5Library/locked(_:)``.
enum HDF5Attribute {
  /// The longest text that is read, in bytes.
  private static let textLimit = 1 << 16

  /// Reads a text of fixed length; nil for anything else.
  static func text(_ name: String, of object: hid_t) -> String? {
    value(name, of: object) { attribute, type in
      let size = H5Tget_size(type)
      guard H5Tget_class(type) == H5T_STRING, H5Tis_variable_str(type) == 0, size <= textLimit
      else { return nil }
      var bytes = [UInt8](repeating: 0, count: size)
      guard H5Aread(attribute, type, &bytes) >= 0 else { return nil }
      return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  /// Reads a whole number; nil for anything else.
  static func integer(_ name: String, of object: hid_t) -> Int? {
    value(name, of: object) { attribute, type in
      guard H5Tget_class(type) == H5T_INTEGER, H5Tget_size(type) <= MemoryLayout<Int64>.size
      else { return nil }
      var number: Int64 = 0
      guard H5Aread(attribute, limbeck_h5t_native_int64(), &number) >= 0 else { return nil }
      return Int(number)
    }
  }

  /// Writes a text; the object has no attribute of that name yet.
  ///
  /// - Returns: Whether the library could.
  static func write(_ text: String, as name: String, of object: hid_t) -> Bool {
    let type = H5Tcopy(limbeck_h5t_characters())
    defer { H5Tclose(type) }
    var bytes = Array(text.utf8) + [0]
    H5Tset_size(type, bytes.count)
    H5Tset_cset(type, H5T_CSET_UTF8)
    return create(name, type, of: object) { H5Awrite($0, type, &bytes) }
  }

  /// Writes a whole number, in the place of an earlier one if there is one.
  ///
  /// - Returns: Whether the library could.
  static func write(_ number: Int, as name: String, of object: hid_t) -> Bool {
    var number = Int64(number)
    func write(_ attribute: hid_t) -> herr_t {
      H5Awrite(attribute, limbeck_h5t_native_int64(), &number)
    }
    guard H5Aexists(object, name) > 0 else {
      return create(name, limbeck_h5t_int64_le(), of: object, write)
    }
    let attribute = H5Aopen(object, name, limbeck_h5p_default())
    defer { H5Aclose(attribute) }
    return write(attribute) >= 0
  }

  private static func create(
    _ name: String, _ type: hid_t, of object: hid_t, _ write: (hid_t) -> herr_t
  ) -> Bool {
    let space = H5Screate(H5S_SCALAR)
    defer { H5Sclose(space) }
    let attribute = H5Acreate2(
      object, name, type, space, limbeck_h5p_default(), limbeck_h5p_default())
    guard attribute >= 0 else { return false }
    defer { H5Aclose(attribute) }
    return write(attribute) >= 0
  }

  /// Opens an attribute of one element.
  private static func value<Value>(
    _ name: String, of object: hid_t, _ read: (_ attribute: hid_t, _ type: hid_t) -> Value?
  ) -> Value? {
    guard H5Aexists(object, name) > 0 else { return nil }
    let attribute = H5Aopen(object, name, limbeck_h5p_default())
    guard attribute >= 0 else { return nil }
    defer { H5Aclose(attribute) }
    let space = H5Aget_space(attribute)
    defer { H5Sclose(space) }
    guard H5Sget_simple_extent_npoints(space) == 1 else { return nil }
    let type = H5Aget_type(attribute)
    defer { H5Tclose(type) }
    return read(attribute, type)
  }
}
