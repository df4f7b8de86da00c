extension SafetensorsFile {
  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: The largest accepted file in bytes.
  /// - Throws: ``SafetensorsError`` with the path and, for malformed contents, the byte offset.
  public init(
    contentsOf path: String, limit: Int = FileContents.defaultLimit
  ) throws(SafetensorsError) {
    let bytes: [UInt8]
    do {
      bytes = try FileContents.read(path, limit: limit)
    } catch {
      throw .file(error)
    }
    try self.init(parsing: bytes, path: path)
  }

  /// Reads the contents of a file.
  ///
  /// - Parameters:
  ///   - bytes: The contents.
  ///   - path: The name that errors give the contents.
  /// - Throws: ``SafetensorsError/malformed(path:offset:problem:)``.
  public init(parsing bytes: [UInt8], path: String) throws(SafetensorsError) {
    let header = try SafetensorsHeader(parsing: bytes, byteCount: bytes.count, path: path)
    metadata = header.metadata
    tensors = [:]
    for entry in header.entries {
      tensors[entry.name] = StoredTensor(
        elementType: entry.elementType, shape: entry.shape, bytes: Array(bytes[entry.range]))
    }
  }
}
