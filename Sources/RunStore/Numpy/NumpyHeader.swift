/// What stands before the elements of a `.npy` file.
struct NumpyHeader {
  /// The first bytes of every `.npy` file: `\x93NUMPY`.
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// NumPy's own headers stay below 64 KiB; structured types may go beyond, but are not read here.
  static let limit = 1 << 20

  /// More axes than NumPy has.
  static let rankLimit = 64

  private(set) var elementType = ElementType.float64
  private(set) var byteOrder = ByteOrder.little
  private(set) var isColumnMajor = false
  private(set) var shape: [Int] = []

  /// The offset of the first element.
  private(set) var dataStart: Int

  private let bytes: [UInt8]
  private var offset: Int

  /// Reads the header at the beginning of a file.
  init(parsing bytes: [UInt8]) throws(NumpyFailure) {
    guard bytes.starts(with: Self.magic.prefix(bytes.count)), !bytes.isEmpty else {
      throw NumpyFailure(offset: 0, problem: .wrongMagic(expected: "a .npy file (\\x93NUMPY)"))
    }
    let versionEnd = Self.magic.count + 2
    guard bytes.count >= versionEnd else {
      throw NumpyFailure(offset: bytes.count, problem: .truncated(needed: versionEnd))
    }
    let version = bytes[Self.magic.count]
    guard (1...3).contains(version) else {
      throw NumpyFailure(offset: Self.magic.count, problem: .unknownVersion(version))
    }
    let lengthSize = version == 1 ? 2 : 4
    offset = versionEnd + lengthSize
    guard bytes.count >= offset else {
      throw NumpyFailure(offset: bytes.count, problem: .truncated(needed: offset))
    }
    let length =
      version == 1
      ? Int(LittleEndian.load(UInt16.self, from: bytes, at: versionEnd))
      : Int(LittleEndian.load(UInt32.self, from: bytes, at: versionEnd))
    guard length <= Self.limit else {
      throw NumpyFailure(
        offset: versionEnd, problem: .invalidHeader(expected: "at most \(Self.limit) bytes"))
    }
    dataStart = offset + length
    guard bytes.count >= dataStart else {
      throw NumpyFailure(offset: bytes.count, problem: .truncated(needed: dataStart))
    }
    self.bytes = bytes
    try readDictionary()
  }

  /// Checks that a file holds the elements that its header announces, and nothing else.
  ///
  /// - Parameter byteCount: The size of the file.
  /// - Throws: ``NumpyFailure``.
  func checkSize(of byteCount: Int) throws(NumpyFailure) {
    guard let size = elementType.byteCount(of: shape), size <= Int.max - dataStart else {
      throw NumpyFailure(
        offset: dataStart, problem: .tooLarge(shape: shape, limit: byteCount - dataStart))
    }
    let end = dataStart + size
    guard end <= byteCount else {
      throw NumpyFailure(offset: byteCount, problem: .truncated(needed: end))
    }
    guard end == byteCount else {
      throw NumpyFailure(offset: end, problem: .trailingBytes(count: byteCount - end))
    }
  }

  // MARK: The Python dictionary

  private mutating func readDictionary() throws(NumpyFailure) {
    var missing: Set = ["descr", "fortran_order", "shape"]
    try expect("{", "'{'")
    while !take("}") {
      let start = offset
      let key = try text()
      guard missing.remove(key) != nil else {
        offset = start
        throw invalid("each of 'descr', 'fortran_order' and 'shape' once")
      }
      try expect(":", "':'")
      switch key {
      case "descr": try readType()
      case "fortran_order": isColumnMajor = try truth()
      default: try readShape()
      }
      if take("}") { break }
      try expect(",", "',' or '}'")
    }
    guard missing.isEmpty else { throw invalid("'descr', 'fortran_order' and 'shape'") }
    guard peek == nil else { throw invalid("spaces after '}'") }
  }

  private mutating func readType() throws(NumpyFailure) {
    guard peek != UInt8(ascii: "[") else {
      throw NumpyFailure(offset: offset, problem: .structuredType)
    }
    let start = offset
    let name = try text()
    let bare = name.drop { "<>|=".contains($0) }
    let type = ElementType.allCases.first {
      $0 != .bfloat16 && $0.numpyName.dropFirst() == bare
    }
    guard let type, name.count - bare.count <= 1 else {
      throw NumpyFailure(offset: start, problem: .unknownType(name))
    }
    elementType = type
    byteOrder = name.hasPrefix(">") ? .big : .little
  }

  private mutating func readShape() throws(NumpyFailure) {
    try expect("(", "'('")
    while !take(")") {
      shape.append(try extent())
      guard shape.count <= Self.rankLimit else { throw invalid("at most 64 axes") }
      if take(")") { break }
      try expect(",", "',' or ')'")
    }
  }

  private mutating func extent() throws(NumpyFailure) -> Int {
    skipSpace()
    let start = offset
    while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { offset += 1 }
    let digits = String(decoding: bytes[start..<offset], as: UTF8.self)
    // Python 2 wrote long integers as 3L.
    if current == UInt8(ascii: "L") { offset += 1 }
    guard let extent = Int(digits) else {
      offset = start
      throw invalid("an extent that is not negative")
    }
    return extent
  }

  private mutating func truth() throws(NumpyFailure) -> Bool {
    skipSpace()
    for (word, value) in [("True", true), ("False", false)]
    where bytes[offset..<dataStart].starts(with: word.utf8) {
      offset += word.utf8.count
      return value
    }
    throw invalid("True or False")
  }

  private mutating func text() throws(NumpyFailure) -> String {
    skipSpace()
    guard let quote = current, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      throw invalid("a quoted text")
    }
    guard let end = bytes[offset + 1..<dataStart].firstIndex(of: quote) else {
      throw invalid("a closing quote")
    }
    defer { offset = end + 1 }
    return String(decoding: bytes[offset + 1..<end], as: UTF8.self)
  }

  // MARK: Bytes

  /// The byte at `offset`, unless the header ends there.
  private var current: UInt8? { offset < dataStart ? bytes[offset] : nil }

  /// The next byte that is not white space.
  private var peek: UInt8? {
    mutating get {
      skipSpace()
      return current
    }
  }

  private mutating func take(_ scalar: UnicodeScalar) -> Bool {
    guard peek == UInt8(ascii: scalar) else { return false }
    offset += 1
    return true
  }

  private mutating func expect(_ scalar: UnicodeScalar, _ name: String) throws(NumpyFailure) {
    guard take(scalar) else { throw invalid(name) }
  }

  private mutating func skipSpace() {
    while let byte = current, [0x20, 0x0A, 0x09, 0x0D].contains(byte) { offset += 1 }
  }

  private func invalid(_ expected: String) -> NumpyFailure {
    NumpyFailure(offset: offset, problem: .invalidHeader(expected: expected))
  }
}
