/// What a safetensors file says about its tensors, checked against the file's size.
struct SafetensorsHeader {
  /// One tensor.
  struct Entry {
    /// The name.
    let name: String

    /// The type of the elements.
    let elementType: ElementType

    /// The extents, outermost first.
    let shape: [Int]

    /// Where the elements are, counted from the file's start; as many bytes as the shape needs.
    let range: Range<Int>
  }

  /// The tensors in the header's order.
  let entries: [Entry]

  /// Free text by key.
  let metadata: [String: String]

  /// Reads a header.
  ///
  /// - Parameters:
  ///   - bytes: The file's first bytes, as far as they are there the whole header.
  ///   - byteCount: The size of the file.
  ///   - path: The name that errors give the file.
  /// - Throws: ``SafetensorsError/malformed(path:offset:problem:)``.
  init(parsing bytes: [UInt8], byteCount: Int, path: String) throws(SafetensorsError) {
    let reader = SafetensorsReader(bytes: bytes, byteCount: byteCount, path: path)
    (entries, metadata) = try reader.contents()
  }

  /// The length field before the JSON text.
  static let prefixCount = 8

  /// Bytes from the file's start that hold the whole header.
  ///
  /// - Parameters:
  ///   - bytes: The file's first bytes.
  ///   - byteCount: The size of the file.
  ///   - path: The name that errors give the file.
  /// - Returns: The number of bytes, no more than the file has.
  /// - Throws: ``SafetensorsError/malformed(path:offset:problem:)``.
  static func size(
    announcedBy bytes: [UInt8], byteCount: Int, path: String
  ) throws(SafetensorsError) -> Int {
    let reader = SafetensorsReader(bytes: bytes, byteCount: byteCount, path: path)
    return prefixCount + (try reader.headerByteCount())
  }
}

/// The checks of the format, in the order in which they make the next one safe.
private struct SafetensorsReader {
  private static let prefixCount = SafetensorsHeader.prefixCount

  let bytes: [UInt8]
  let byteCount: Int
  let path: String

  func contents() throws(SafetensorsError) -> ([SafetensorsHeader.Entry], [String: String]) {
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
    var metadata: [String: String] = [:]
    var entries: [SafetensorsHeader.Entry] = []
    for member in members {
      if member.name == "__metadata__" {
        metadata = try self.metadata(member.value)
      } else {
        entries.append(try entry(member, dataStart: dataStart))
      }
    }
    try checkTiling(entries, dataStart: dataStart)
    return (entries, metadata)
  }

  func headerByteCount() throws(SafetensorsError) -> Int {
    guard bytes.count >= Self.prefixCount else {
      throw malformed(bytes.count, .truncated(needed: Self.prefixCount))
    }
    let count = LittleEndian.load(UInt64.self, from: bytes, at: 0)
    guard count <= UInt64(SafetensorsFile.headerLimit) else {
      throw malformed(0, .headerTooLarge(count, limit: SafetensorsFile.headerLimit))
    }
    guard Int(count) <= byteCount - Self.prefixCount else {
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
    _ member: JSONValue.Member, dataStart: Int
  ) throws(SafetensorsError) -> SafetensorsHeader.Entry {
    let (name, dataCount) = (member.name, byteCount - dataStart)
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
        byteCount, .outOfBounds(tensor: name, end: offsets[1], available: dataCount))
    }
    guard type.byteCount(of: shape) == offsets[1] - offsets[0] else {
      throw malformed(
        dataStart + offsets[0],
        .sizeMismatch(tensor: name, shape: shape, type: type, stored: offsets[1] - offsets[0]))
    }
    return SafetensorsHeader.Entry(
      name: name, elementType: type, shape: shape,
      range: dataStart + offsets[0]..<dataStart + offsets[1])
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
    _ entries: [SafetensorsHeader.Entry], dataStart: Int
  ) throws(SafetensorsError) {
    var end = dataStart
    let ordered = entries.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    for entry in ordered {
      guard entry.range.lowerBound >= end else {
        throw malformed(entry.range.lowerBound, .overlap(tensor: entry.name))
      }
      guard entry.range.lowerBound == end else {
        throw malformed(end, .gap(byteCount: entry.range.lowerBound - end))
      }
      end = entry.range.upperBound
    }
    guard end == byteCount else { throw malformed(end, .gap(byteCount: byteCount - end)) }
  }

  private func malformed(_ offset: Int, _ problem: SafetensorsError.Problem) -> SafetensorsError {
    .malformed(path: path, offset: offset, problem: problem)
  }
}
