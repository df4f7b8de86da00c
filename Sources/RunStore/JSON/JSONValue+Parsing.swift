extension JSONValue {
  /// Reads a document.
  ///
  /// Stricter than most readers where laxness hides damage: a member named twice, text after the
  /// document, and invalid UTF-8 are errors.
  ///
  /// - Parameter bytes: The document in UTF-8.
  /// - Throws: ``JSONError`` with the offset of the first byte that breaks the rules.
  public init(parsing bytes: some Sequence<UInt8>) throws(JSONError) {
    var parser = JSONParser(bytes: [UInt8](bytes))
    self = try parser.document()
  }
}

/// A recursive-descent parser of RFC 8259 with a limit on depth.
private struct JSONParser {
  /// Deep enough for any document of ours, shallow enough for a thread's stack.
  static let depthLimit = 128

  let bytes: [UInt8]
  var offset = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func document() throws(JSONError) -> JSONValue {
    let value = try value(depth: 0)
    skipSpace()
    guard offset == bytes.count else { throw unexpected("the end") }
    return value
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    skipSpace()
    guard depth <= Self.depthLimit else { throw error(.tooDeep(limit: Self.depthLimit)) }
    switch peek {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    default: return try number()
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
    offset += 1
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    skipSpace()
    if take("}") { return .object([]) }
    while true {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw unexpected("a quoted name") }
      let start = offset
      let name = try string()
      guard names.insert(name).inserted else {
        throw JSONError(offset: start, problem: .duplicateMember(name))
      }
      skipSpace()
      guard take(":") else { throw unexpected("':'") }
      members.append(.init(name, try value(depth: depth + 1)))
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw unexpected("',' or '}'") }
    }
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
    offset += 1
    var elements: [JSONValue] = []
    skipSpace()
    if take("]") { return .array([]) }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return .array(elements) }
      guard take(",") else { throw unexpected("',' or ']'") }
    }
  }

  private mutating func literal(
    _ text: StaticString, _ value: JSONValue
  ) throws(JSONError) -> JSONValue {
    for expected in text.description.utf8 {
      guard peek == expected else { throw unexpected("'\(text)'") }
      offset += 1
    }
    return value
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = offset
    _ = take("-")
    if !take("0") { try digits() }
    var isInteger = true
    if take(".") {
      isInteger = false
      try digits()
    }
    if take("e") || take("E") {
      isInteger = false
      if !take("+") { _ = take("-") }
      try digits()
    }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    if isInteger, let value = Int(text) { return .integer(value) }
    // The grammar above is a subset of what `Double` reads; too large becomes infinity.
    return .number(Double(text) ?? .nan)
  }

  private mutating func digits() throws(JSONError) {
    guard let first = peek, Self.isDigit(first) else { throw unexpected("a value") }
    while let byte = peek, Self.isDigit(byte) { offset += 1 }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private mutating func string() throws(JSONError) -> String {
    let start = offset
    offset += 1
    var text: [UInt8] = []
    while let byte = peek {
      offset += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let valid = String(validating: text, as: UTF8.self) else {
          throw JSONError(offset: start, problem: .invalidText)
        }
        return valid
      case UInt8(ascii: "\\"): text += try escape(stringStart: start).utf8
      case 0..<0x20:
        offset -= 1
        throw unexpected("a character of the string")
      default: text.append(byte)
      }
    }
    throw error(.unexpectedEnd)
  }

  private mutating func escape(stringStart: Int) throws(JSONError) -> String {
    guard let byte = peek else { throw error(.unexpectedEnd) }
    offset += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return String(UnicodeScalar(byte))
    case UInt8(ascii: "u"):
      var units = [try hexadecimal()]
      if UTF16.isLeadSurrogate(units[0]), take("\\"), take("u") { units.append(try hexadecimal()) }
      guard let text = String(validating: units, as: UTF16.self) else {
        throw JSONError(offset: stringStart, problem: .invalidText)
      }
      return text
    default:
      offset -= 1
      throw unexpected("an escape such as '\\n'")
    }
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
        throw unexpected("a hexadecimal digit")
      }
      value = value << 4 | UInt16(digit)
      offset += 1
    }
    return value
  }

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func take(_ scalar: UnicodeScalar) -> Bool {
    guard peek == UInt8(ascii: scalar) else { return false }
    offset += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || (0x09...0x0A).contains(byte) || byte == 0x0D {
      offset += 1
    }
  }

  private func error(_ problem: JSONError.Problem) -> JSONError {
    JSONError(offset: offset, problem: problem)
  }

  private func unexpected(_ expected: String) -> JSONError {
    error(peek.map { .unexpectedByte($0, expected: expected) } ?? .unexpectedEnd)
  }
}
