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
    let reader = SafetensorsReader(bytes: bytes, path: path)
    self = try reader.file()
  }
}

/// The checks of the format, in the order in which they make the next one safe.
private struct SafetensorsReader {
  /// The length field before the JSON text.
  static let prefixCount = 8

  let bytes: [UInt8]
  let path: String

  func file() throws(SafetensorsError) -> SafetensorsFile {
    let dataStart = Self.prefixCount + (try headerByteCount())
    let header: JSONValue
    do {
      header = try JSONValue(parsing: bytes[Self.prefixCount..<dataStart])
    } catch {
      throw malformed(Self.prefixCount + error.offset, .invalidHeader(error))
    }
    guard let members = header.members else {
      throw malformed(Self.prefixCount, .headerIsNotAnObject)
    }

    var file = SafetensorsFile()
    var ranges: [(name: String, range: Range<Int>)] = []
    for member in members {
      if member.name == "__metadata__" {
        file.metadata = try metadata(member.value)
        continue
      }
      let (type, shape, range) = try entry(member, dataCount: bytes.count - dataStart)
      ranges.append((member.name, range))
      file.tensors[member.name] = StoredTensor(
        elementType: type, shape: shape,
        bytes: Array(bytes[dataStart + range.lowerBound..<dataStart + range.upperBound]))
    }
    try checkTiling(ranges, dataStart: dataStart)
    return file
  }

  private func headerByteCount() throws(SafetensorsError) -> Int {
    guard bytes.count >= Self.prefixCount else {
      throw malformed(bytes.count, .truncated(needed: Self.prefixCount))
    }
    let count = LittleEndian.load(UInt64.self, from: bytes, at: 0)
    guard count <= UInt64(SafetensorsFile.headerLimit) else {
      throw malformed(0, .headerTooLarge(count, limit: SafetensorsFile.headerLimit))
    }
    guard Int(count) <= bytes.count - Self.prefixCount else {
      throw malformed(0, .truncated(needed: Self.prefixCount + Int(count)))
    }
    return Int(count)
  }

  private func metadata(_ value: JSONValue) throws(SafetensorsError) -> [String: String] {
    guard let members = value.members else {
      throw malformed(Self.prefixCount, .invalidMetadata)
    }
    var metadata: [String: String] = [:]
    for member in members {
      guard let text = member.value.text else {
        throw malformed(Self.prefixCount, .invalidMetadata)
      }
      metadata[member.name] = text
    }
    return metadata
  }

  private func entry(
    _ member: JSONValue.Member, dataCount: Int
  ) throws(SafetensorsError) -> (ElementType, [Int], Range<Int>) {
    let name = member.name
    guard let typeName = member.value["dtype"]?.text else {
      throw malformed(Self.prefixCount, .invalidEntry(tensor: name, field: "dtype"))
    }
    guard let type = ElementType(safetensorsName: typeName) else {
      throw malformed(Self.prefixCount, .unknownType(tensor: name, type: typeName))
    }
    guard let shape = extents(member.value["shape"]) else {
      throw malformed(Self.prefixCount, .invalidEntry(tensor: name, field: "shape"))
    }
    guard let offsets = extents(member.value["data_offsets"]), offsets.count == 2,
      offsets[0] <= offsets[1]
    else {
      throw malformed(Self.prefixCount, .invalidEntry(tensor: name, field: "data_offsets"))
    }
    guard offsets[1] <= dataCount else {
      throw malformed(
        bytes.count, .outOfBounds(tensor: name, end: offsets[1], available: dataCount))
    }
    guard type.byteCount(of: shape) == offsets[1] - offsets[0] else {
      throw malformed(
        bytes.count - dataCount + offsets[0],
        .sizeMismatch(tensor: name, shape: shape, type: type, stored: offsets[1] - offsets[0]))
    }
    return (type, shape, offsets[0]..<offsets[1])
  }

  /// The elements of an array of integers that are not negative.
  private func extents(_ value: JSONValue?) -> [Int]? {
    guard let elements = value?.elements else { return nil }
    var extents: [Int] = []
    for element in elements {
      guard case .integer(let extent) = element, extent >= 0 else { return nil }
      extents.append(extent)
    }
    return extents
  }

  /// Checks that the tensors cover the data once: overlaps would let one file mean two things.
  private func checkTiling(
    _ ranges: [(name: String, range: Range<Int>)], dataStart: Int
  ) throws(SafetensorsError) {
    var end = 0
    let ordered = ranges.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    for (name, range) in ordered {
      guard range.lowerBound >= end else {
        throw malformed(dataStart + range.lowerBound, .overlap(tensor: name))
      }
      guard range.lowerBound == end else {
        throw malformed(dataStart + end, .gap(byteCount: range.lowerBound - end))
      }
      end = range.upperBound
    }
    guard dataStart + end == bytes.count else {
      throw malformed(dataStart + end, .gap(byteCount: bytes.count - dataStart - end))
    }
  }

  private func malformed(_ offset: Int, _ problem: SafetensorsError.Problem) -> SafetensorsError {
    .malformed(path: path, offset: offset, problem: problem)
  }
}
