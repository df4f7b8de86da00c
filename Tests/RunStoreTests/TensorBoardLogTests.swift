import Foundation
import RunStore
import Testing

@Suite("Event files of TensorBoard")
struct TensorBoardLogTests {
  private static let publishedChecksums: [(bytes: [UInt8], checksum: UInt32)] = [
    (Array(repeating: 0, count: 32), 0x8A91_36AA),
    (Array(repeating: 0xFF, count: 32), 0x62A8_AB43),
    (Array(0..<32), 0x46DD_794E),
    (Array((0..<32).reversed()), 0x113F_DB5C),
    (Array("123456789".utf8), 0xE306_9283),
    ([], 0),
  ]

  /// RFC 3720, appendix B.4, and the check value of the catalogue of CRCs (123456789).
  @Test(arguments: publishedChecksums)
  func `checksums are those that are published`(bytes: [UInt8], checksum: UInt32) {
    #expect(CRC32C.checksum(bytes) == checksum)
  }

  @Test func `an independent reader finds the curves`() throws {
    let directory = try TemporaryDirectory()
    let log = try TensorBoardLog(directory: directory("curves/run"))
    let before = Date().timeIntervalSince1970
    try log.append(step: 1, [("loss", 0.5), ("rate", 1e6)])
    // More than one byte of seven bits, and a value that is no number.
    try log.append(step: 1 << 40, [("loss", .nan)])
    let names = try FileManager.default.contentsOfDirectory(atPath: directory("curves/run"))
    let name = try #require(names.first)
    #expect(names.count == 1)
    #expect(name.wholeMatch(of: /events\.out\.tfevents\.\d{10}\.\d+/) != nil)
    let bytes = try FileContents.read(directory("curves/run/\(name)"))
    let events = try EventReader(bytes).events()
    try #require(events.count == 3)
    #expect(events[0].version == "brain.Event:2")
    #expect(events[1].step == 1)
    #expect(events[1].scalars.map(\.0) == ["loss", "rate"])
    #expect(events[1].scalars.map(\.1) == [0.5, 1e6])
    #expect(events[2].step == 1 << 40)
    #expect(events[2].scalars.first?.1.isNaN ?? false)
    // The clock may be set while the test runs, but not by a day.
    for event in events { #expect(abs(event.time - before) < 86400) }
  }
}

/// Reads event files by the published formats, bit by bit and with its own checksum.
private struct EventReader {
  struct Event {
    var time = 0.0
    var step = 0
    var version = ""
    var scalars: [(String, Float)] = []
  }

  struct Damage: Error {}

  private var bytes: ArraySlice<UInt8>

  init(_ bytes: some Collection<UInt8>) { self.bytes = Array(bytes)[...] }

  func events() throws -> [Event] {
    var reader = self
    var events: [Event] = []
    while !reader.bytes.isEmpty {
      let length = try reader.take(8)
      guard try reader.number(4) == Self.masked(length) else { throw Damage() }
      let contents = try reader.take(Int(EventReader(length).value))
      guard try reader.number(4) == Self.masked(contents) else { throw Damage() }
      events.append(try Self.event(contents))
    }
    return events
  }

  private static func event(_ message: [UInt8]) throws -> Event {
    var event = Event()
    for (field, contents) in try EventReader(message).fields() {
      switch field {
      case 1: event.time = Double(bitPattern: EventReader(contents).value)
      case 2: event.step = Int(EventReader(contents).value)
      case 3: event.version = String(decoding: contents, as: UTF8.self)
      case 5:
        for (_, value) in try EventReader(contents).fields() {
          let parts = try EventReader(value).fields()
          let bits = UInt32(EventReader(parts[1].1).value)
          event.scalars.append(
            (String(decoding: parts[0].1, as: UTF8.self), Float(bitPattern: bits)))
        }
      default: throw Damage()
      }
    }
    return event
  }

  /// The fields of a message, numbers as their little-endian bytes.
  private func fields() throws -> [(UInt64, [UInt8])] {
    var reader = self
    var fields: [(UInt64, [UInt8])] = []
    while !reader.bytes.isEmpty {
      let key = try reader.variable()
      let contents =
        switch key & 7 {
        case 0: withUnsafeBytes(of: try reader.variable().littleEndian) { Array($0) }
        case 1: try reader.take(8)
        case 2: try reader.take(Int(try reader.variable()))
        case 5: try reader.take(4)
        default: throw Damage()
        }
      fields.append((key >> 3, contents))
    }
    return fields
  }

  private mutating func variable() throws -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 64, by: 7) {
      let byte = try take(1)[0]
      value |= UInt64(byte & 0x7F) << UInt64(shift)
      if byte < 0x80 { return value }
    }
    throw Damage()
  }

  private mutating func number(_ count: Int) throws -> UInt32 {
    UInt32(EventReader(try take(count)).value)
  }

  private mutating func take(_ count: Int) throws -> [UInt8] {
    guard count <= bytes.count else { throw Damage() }
    defer { bytes = bytes.dropFirst(count) }
    return Array(bytes.prefix(count))
  }

  /// All bytes as one little-endian number.
  private var value: UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The checksum by long division of polynomials, masked.
  private static func masked(_ bytes: [UInt8]) -> UInt32 {
    var rest: UInt32 = ~0
    for byte in bytes {
      for bit in 0..<8 {
        let isSet = (rest ^ UInt32(byte) >> UInt32(bit)) & 1 == 1
        rest = rest >> 1 ^ (isSet ? 0x82F6_3B78 : 0)
      }
    }
    let sum = ~rest
    return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
  }
}
