/// Reads tables from text with separators.
///
/// - Fields are separated by commas, semicolons, tabs, or runs of spaces; the first line that is
///   not a comment decides, in this order: semicolon, comma, tab, space.
/// - Fields may be quoted as in [RFC 4180](https://www.rfc-editor.org/rfc/rfc4180).
/// - The first line is a header if none of its fields is a number.
/// - Lines that begin with `#` and empty lines are skipped. Lines end in LF, CR LF or CR.
public enum CSVReader {
  /// The largest number of columns.
  public static let columnLimit = 100_000

  /// Reads the contents of a file.
  ///
  /// - Parameters:
  ///   - bytes: The contents in UTF-8, with or without a byte-order mark.
  ///   - path: The name that errors give the contents.
  /// - Returns: The table.
  /// - Throws: ``TableError/text(path:line:field:problem:)`` with the line and field, or
  ///   ``TableError/tooFewRows(path:count:minimum:)`` if no line holds numbers.
  public static func table(parsing bytes: [UInt8], path: String) throws(TableError) -> Table {
    var scanner = CSVScanner(bytes: bytes, path: path)
    guard let first = try scanner.nextRecord() else {
      throw .tooFewRows(path: path, count: 0, minimum: 1)
    }
    var columns = [[Double]](repeating: [], count: first.count)
    var names = Table.defaultNames(count: first.count)
    if first.allSatisfy({ number($0) == nil }) {
      names = try headerNames(first, scanner)
    } else {
      try append(first, to: &columns, scanner)
    }
    while let record = try scanner.nextRecord() {
      guard record.count == columns.count else {
        throw scanner.error(.fieldCount(found: record.count, expected: columns.count))
      }
      try append(record, to: &columns, scanner)
    }
    guard !columns[0].isEmpty else { throw .tooFewRows(path: path, count: 0, minimum: 1) }
    return Table(names: names, columns: columns)
  }

  private static func append(
    _ record: [String], to columns: inout [[Double]], _ scanner: CSVScanner
  ) throws(TableError) {
    for (index, text) in record.enumerated() {
      guard let value = number(text) else {
        throw scanner.error(
          text.isEmpty ? .missingValue : .notANumber(String(text.prefix(40))), field: index + 1)
      }
      guard value.isFinite else {
        throw scanner.error(.notFinite(.init(value)), field: index + 1)
      }
      columns[index].append(value)
    }
  }

  private static func headerNames(
    _ record: [String], _ scanner: CSVScanner
  ) throws(TableError) -> [String] {
    var seen: Set<String> = []
    for (index, name) in record.enumerated() {
      guard !name.isEmpty else { throw scanner.error(.emptyName, field: index + 1) }
      guard seen.insert(name).inserted else {
        throw scanner.error(.duplicateName(name), field: index + 1)
      }
    }
    return record
  }

  /// The number that a field holds; NaN and infinities included, hexadecimal not.
  private static func number(_ text: String) -> Double? {
    guard let value = Double(text) else { return nil }
    return text.utf8.contains { $0 == UInt8(ascii: "x") || $0 == UInt8(ascii: "X") } ? nil : value
  }
}

/// Splits text into records of fields, and knows the line for errors.
struct CSVScanner {
  private enum Separator {
    case byte(UInt8)
    case spaces
  }

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  private let bytes: [UInt8]
  private let path: String
  private var offset: Int
  private var nextLine = 1
  private var separator: Separator?

  /// The line of the record read last, from 1.
  private(set) var line = 1

  init(bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
    offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The fields of the next line that has any, without surrounding spaces; `nil` at the end.
  mutating func nextRecord() throws(TableError) -> [String]? {
    while offset < bytes.count {
      line = nextLine
      let end = endOfLine(from: offset)
      let content = bytes[offset..<end]
      let start = content.firstIndex { !Self.isSpace($0) }
      if start.map({ bytes[$0] == UInt8(ascii: "#") }) ?? true {
        skipLine(end)
        continue
      }
      guard !content.contains(0) else { throw error(.notText) }
      let separator = separator ?? Self.detect(content)
      self.separator = separator
      switch separator {
      case .spaces: return try spacedFields(end)
      case .byte(let byte): return try separatedFields(byte)
      }
    }
    return nil
  }

  func error(_ problem: TableError.TextProblem, field: Int? = nil) -> TableError {
    .text(path: path, line: line, field: field, problem: problem)
  }

  // MARK: Fields

  private mutating func spacedFields(_ end: Int) throws(TableError) -> [String] {
    let fields = bytes[offset..<end].split(whereSeparator: Self.isSpace)
    guard fields.count <= CSVReader.columnLimit else {
      throw error(.tooManyFields(limit: CSVReader.columnLimit))
    }
    skipLine(end)
    return fields.map { String(decoding: $0, as: UTF8.self) }
  }

  private mutating func separatedFields(_ separator: UInt8) throws(TableError) -> [String] {
    var fields: [String] = []
    while true {
      guard fields.count < CSVReader.columnLimit else {
        throw error(.tooManyFields(limit: CSVReader.columnLimit))
      }
      skipSpaces(but: separator)
      if offset < bytes.count, bytes[offset] == Self.quote {
        fields.append(try quotedField(number: fields.count + 1))
        skipSpaces(but: separator)
      } else {
        fields.append(plainField(separator))
      }
      guard offset < bytes.count else { return fields }
      if bytes[offset] == separator {
        offset += 1
      } else if Self.isLineEnd(bytes[offset]) {
        skipLine(offset)
        return fields
      } else {
        throw error(.brokenQuote, field: fields.count)
      }
    }
  }

  private mutating func plainField(_ separator: UInt8) -> String {
    var end = offset
    while end < bytes.count, bytes[end] != separator, !Self.isLineEnd(bytes[end]) { end += 1 }
    var last = end
    while last > offset, Self.isSpace(bytes[last - 1]) { last -= 1 }
    defer { offset = end }
    return String(decoding: bytes[offset..<last], as: UTF8.self)
  }

  private mutating func quotedField(number: Int) throws(TableError) -> String {
    var text: [UInt8] = []
    offset += 1
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      if byte == Self.quote {
        guard offset < bytes.count, bytes[offset] == Self.quote else {
          return String(decoding: text, as: UTF8.self)
        }
        offset += 1
      }
      if byte == Self.lineFeed { nextLine += 1 }
      text.append(byte)
    }
    throw error(.brokenQuote, field: number)
  }

  // MARK: Bytes

  private static func detect(_ line: ArraySlice<UInt8>) -> Separator {
    var isQuoted = false
    var present: Set<UInt8> = []
    for byte in line {
      if byte == quote { isQuoted.toggle() }
      if !isQuoted { present.insert(byte) }
    }
    for candidate in ";,\t".utf8 where present.contains(candidate) { return .byte(candidate) }
    return present.contains(UInt8(ascii: " ")) && !line.contains(quote)
      ? .spaces : .byte(UInt8(ascii: ","))
  }

  private mutating func skipSpaces(but separator: UInt8) {
    while offset < bytes.count, Self.isSpace(bytes[offset]), bytes[offset] != separator {
      offset += 1
    }
  }

  private func endOfLine(from start: Int) -> Int {
    bytes[start...].firstIndex(where: Self.isLineEnd) ?? bytes.count
  }

  /// Moves past the line end at `end`, which may be two bytes or the end of the text.
  private mutating func skipLine(_ end: Int) {
    offset = min(end + 1, bytes.count)
    nextLine += 1
    if end + 1 < bytes.count, bytes[end] == Self.carriageReturn, bytes[end + 1] == Self.lineFeed {
      offset = end + 2
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == lineFeed || byte == carriageReturn
  }
}
