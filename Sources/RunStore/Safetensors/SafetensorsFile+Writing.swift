extension SafetensorsFile {
  /// Writes the file atomically.
  ///
  /// - Parameter path: The destination; its directory must exist.
  /// - Throws: ``FileError/unwritable(path:reason:)``; an earlier file then is untouched.
  public func write(to path: String) throws(FileError) {
    let order = storageOrder
    var file = try AtomicFile(replacing: path)
    try file.append(header(order))
    for entry in order { try file.append(entry.tensor.bytes) }
    try file.commit()
  }

  /// The whole file in memory.
  public var serialized: [UInt8] {
    let order = storageOrder
    return order.reduce(into: header(order)) { $0 += $1.tensor.bytes }
  }

  private typealias Entry = (name: String, tensor: StoredTensor)

  /// Wide types first, then by name: every tensor starts at a multiple of its element's size.
  private var storageOrder: [Entry] {
    tensors.map { Entry($0.key, $0.value) }.sorted {
      ($1.tensor.elementType.byteCount, $0.name) < ($0.tensor.elementType.byteCount, $1.name)
    }
  }

  private func header(_ order: [Entry]) -> [UInt8] {
    precondition(tensors["__metadata__"] == nil, "'__metadata__' is not a name for a tensor")
    var members: [JSONValue.Member] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }
      members.append(
        .init("__metadata__", .object(texts.map { .init($0.key, .string($0.value)) })))
    }
    var offset = 0
    for (name, tensor) in order {
      let end = offset + tensor.bytes.count
      members.append(
        .init(
          name,
          [
            "dtype": .string(tensor.elementType.safetensorsName),
            "shape": .array(tensor.shape.map(JSONValue.integer)),
            "data_offsets": [.integer(offset), .integer(end)],
          ]))
      offset = end
    }
    var text = [UInt8](JSONValue.object(members).text().utf8)
    // Spaces after the JSON keep the tensors aligned to 8 bytes.
    text += repeatElement(UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
    return LittleEndian.bytes([UInt64(text.count)]) + text
  }
}
