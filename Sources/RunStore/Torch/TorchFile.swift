/// Named tensors as `torch.save` writes a state dictionary, which `torch.load` reads.
///
/// A zip archive with the elements of each tensor and a pickle, protocol 2, that says what they are: an
/// `OrderedDict` of calls of `torch._utils._rebuild_tensor_v2`. Nothing else is in it, so that
/// `weights_only=True` accepts it.
///
/// ```swift
/// var file = TorchFile()
/// file.append("bias", StoredTensor([1, 2, 3], shape: [3]))
/// try file.write(to: "ae.pt")
/// ```
public struct TorchFile: Sendable {
  private var tensors: [(name: String, tensor: StoredTensor)] = []

  /// The folder within the archive; any name will do.
  private static let folder = "archive"

  /// No tensors.
  public init() {}

  /// Adds a tensor.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - tensor: Its elements, `float32`, `float64`, `int32` or `int64`.
  public mutating func append(_ name: String, _ tensor: StoredTensor) {
    precondition(
      Self.storage(of: tensor.elementType) != nil, "elements are of a type that is written")
    tensors.append((name, tensor))
  }

  /// Writes the file.
  ///
  /// - Parameter path: The destination; its directory must exist.
  /// - Throws: ``FileError`` if the file cannot be written, or would have 4 GiB or more.
  public func write(to path: String) throws(FileError) {
    var archive = try ZipWriter(replacing: path)
    try archive.append(pickle, as: "\(Self.folder)/data.pkl")
    try archive.append(Array("little".utf8), as: "\(Self.folder)/byteorder")
    for (index, entry) in tensors.enumerated() {
      try archive.append(entry.tensor.bytes, as: "\(Self.folder)/data/\(index)")
    }
    try archive.append(Array("3\n".utf8), as: "\(Self.folder)/version")
    try archive.commit()
  }

  private var pickle: [UInt8] {
    var writer = PickleWriter()
    writer.callOrderedDictionary()
    writer.mark()
    for (index, (name, tensor)) in tensors.enumerated() {
      writer.text(name)
      writer.name("torch._utils", "_rebuild_tensor_v2")
      writer.mark()
      writer.mark()
      writer.text("storage")
      writer.name("torch", Self.storage(of: tensor.elementType) ?? "")
      writer.text("\(index)")
      writer.text("cpu")
      writer.integer(tensor.shape.reduce(1, *))
      writer.tuple()
      writer.persistentReference()
      writer.integer(0)
      writer.integers(tensor.shape)
      writer.integers(tensor.shape.indices.map { tensor.shape[($0 + 1)...].reduce(1, *) })
      writer.no()
      writer.callOrderedDictionary()
      writer.tuple()
      writer.call()
    }
    writer.setItems()
    return writer.ended
  }

  /// Torch's class of a storage.
  private static func storage(of type: ElementType) -> String? {
    switch type {
    case .float32: "FloatStorage"
    case .float64: "DoubleStorage"
    case .int32: "IntStorage"
    case .int64: "LongStorage"
    default: nil
    }
  }
}

/// Instructions of Python's pickle machine; see `pickletools` of its library.
private struct PickleWriter {
  private var bytes: [UInt8] = [0x80, 2]

  /// The whole pickle.
  var ended: [UInt8] { bytes + op(".") }

  private func op(_ letter: Unicode.Scalar) -> [UInt8] { [UInt8(ascii: letter)] }

  mutating func mark() { bytes += op("(") }
  mutating func tuple() { bytes += op("t") }
  mutating func call() { bytes += op("R") }
  mutating func persistentReference() { bytes += op("Q") }
  mutating func setItems() { bytes += op("u") }
  mutating func no() { bytes.append(0x89) }

  mutating func text(_ text: String) {
    bytes += op("X") + LittleEndian.bytes([UInt32(text.utf8.count)]) + text.utf8
  }

  mutating func name(_ module: String, _ name: String) {
    bytes += op("c") + Array("\(module)\n\(name)\n".utf8)
  }

  mutating func callOrderedDictionary() {
    name("collections", "OrderedDict")
    bytes += op(")")
    call()
  }

  mutating func integer(_ value: Int) {
    if let short = Int32(exactly: value) {
      bytes += op("J") + LittleEndian.bytes([short])
    } else {
      bytes += [0x8A, 8] + LittleEndian.bytes([Int64(value)])
    }
  }

  mutating func integers(_ values: [Int]) {
    mark()
    for value in values { integer(value) }
    tuple()
  }
}
