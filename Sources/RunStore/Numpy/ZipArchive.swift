import CZlib

/// The members of a zip archive in memory: stored or deflated, with zip64 sizes.
///
/// Only the central directory is believed for sizes, as every zip reader does; the local header
/// merely says where its member's bytes begin. Specification: PKWARE APPNOTE 6.3.10.
struct ZipArchive {
  /// One line of the central directory.
  struct Member {
    let name: String
    let method: Int
    let checksum: UInt32
    let packedCount: Int
    let unpackedCount: Int
    let headerOffset: Int
  }

  /// Deflate cannot shrink below 1 : 1032 (a match of 258 bytes takes at least 2 bits).
  static let largestRatio = 1032

  /// The members in the order of the central directory.
  let members: [Member]

  private let bytes: [UInt8]

  init(parsing bytes: [UInt8]) throws(NumpyFailure) {
    self.bytes = bytes
    guard bytes.starts(with: Array("PK".utf8).prefix(bytes.count)), !bytes.isEmpty else {
      throw NumpyFailure(offset: 0, problem: .wrongMagic(expected: "a .npz (zip) archive"))
    }
    let (start, count) = try Self.directory(bytes)
    var members: [Member] = []
    var offset = start
    for _ in 0..<count {
      let (member, size) = try Self.member(bytes, at: offset)
      members.append(member)
      offset += size
    }
    self.members = members
  }

  // MARK: Directory

  /// Where the central directory starts and how many members it lists.
  private static func directory(_ bytes: [UInt8]) throws(NumpyFailure) -> (start: Int, count: Int) {
    let size = 22
    // The end record is last but for a comment of at most 65,535 bytes.
    let first = max(0, bytes.count - size - 0xFFFF)
    var end = bytes.count - size
    while end >= first, LittleEndian.load(UInt32.self, from: bytes, at: end) != 0x0605_4b50 {
      end -= 1
    }
    guard end >= first else {
      throw NumpyFailure(
        offset: bytes.count, problem: .invalidArchive(what: "it has no end record; is it cut off?"))
    }
    var count = Int(LittleEndian.load(UInt16.self, from: bytes, at: end + 10))
    var start = UInt64(LittleEndian.load(UInt32.self, from: bytes, at: end + 16))
    var wideCount = UInt64(count)
    let locator = end - 20
    if locator >= 0, LittleEndian.load(UInt32.self, from: bytes, at: locator) == 0x0706_4b50 {
      let record = LittleEndian.load(UInt64.self, from: bytes, at: locator + 8)
      guard bytes.count >= 56, record <= UInt64(bytes.count - 56),
        LittleEndian.load(UInt32.self, from: bytes, at: Int(record)) == 0x0606_4b50
      else {
        throw NumpyFailure(
          offset: locator, problem: .invalidArchive(what: "its zip64 record is missing"))
      }
      wideCount = LittleEndian.load(UInt64.self, from: bytes, at: Int(record) + 32)
      start = LittleEndian.load(UInt64.self, from: bytes, at: Int(record) + 48)
    }
    // Every member takes at least 46 bytes of directory.
    guard start <= UInt64(end), wideCount <= (UInt64(end) - start) / 46 else {
      throw NumpyFailure(
        offset: end, problem: .invalidArchive(what: "its directory does not fit the file"))
    }
    count = Int(wideCount)
    return (Int(start), count)
  }

  /// The member listed at `offset` and the size of its entry.
  private static func member(
    _ bytes: [UInt8], at offset: Int
  ) throws(NumpyFailure) -> (Member, size: Int) {
    guard offset + 46 <= bytes.count,
      LittleEndian.load(UInt32.self, from: bytes, at: offset) == 0x0201_4b50
    else {
      throw NumpyFailure(
        offset: offset, problem: .invalidArchive(what: "a directory entry is missing"))
    }
    func short(_ at: Int) -> Int {
      Int(LittleEndian.load(UInt16.self, from: bytes, at: offset + at))
    }
    func long(_ at: Int) -> UInt64 {
      UInt64(LittleEndian.load(UInt32.self, from: bytes, at: offset + at))
    }
    let nameEnd = offset + 46 + short(28)
    let extraEnd = nameEnd + short(30)
    guard extraEnd + short(32) <= bytes.count else {
      throw NumpyFailure(
        offset: offset, problem: .invalidArchive(what: "a directory entry is cut off"))
    }
    var sizes = [long(24), long(20), long(42)]
    readWideSizes(bytes, extra: nameEnd..<extraEnd, into: &sizes)
    guard let unpacked = Int(exactly: sizes[0]), let packed = Int(exactly: sizes[1]),
      let header = Int(exactly: sizes[2])
    else {
      throw NumpyFailure(offset: offset, problem: .invalidArchive(what: "a size is absurd"))
    }
    // Bit 0 of the flags marks encryption, which would unpack to noise.
    guard short(8) & 1 == 0 else {
      throw NumpyFailure(offset: offset, problem: .unknownCompression(method: 99))
    }
    let member = Member(
      name: String(decoding: bytes[offset + 46..<nameEnd], as: UTF8.self), method: short(10),
      checksum: UInt32(truncatingIfNeeded: long(16)), packedCount: packed,
      unpackedCount: unpacked, headerOffset: header)
    return (member, extraEnd + short(32) - offset)
  }

  /// Replaces sizes that are all ones by the 64-bit ones of the zip64 extra field, in its order.
  private static func readWideSizes(
    _ bytes: [UInt8], extra: Range<Int>, into sizes: inout [UInt64]
  ) {
    var field = extra.lowerBound
    while field + 4 <= extra.upperBound {
      let identifier = LittleEndian.load(UInt16.self, from: bytes, at: field)
      let end = field + 4 + Int(LittleEndian.load(UInt16.self, from: bytes, at: field + 2))
      guard end <= extra.upperBound else { return }
      if identifier == 1 {
        var position = field + 4
        for index in sizes.indices where sizes[index] == 0xFFFF_FFFF && position + 8 <= end {
          sizes[index] = LittleEndian.load(UInt64.self, from: bytes, at: position)
          position += 8
        }
      }
      field = end
    }
  }

  // MARK: Unpacking

  /// The bytes of a member, checked against its size and checksum.
  ///
  /// - Parameters:
  ///   - member: A member of this archive.
  ///   - limit: The largest accepted size; checked, like the ratio, before memory is reserved.
  /// - Returns: As many bytes as the directory states.
  /// - Throws: ``NumpyFailure`` with the offset of the member.
  func unpack(_ member: Member, limit: Int) throws(NumpyFailure) -> [UInt8] {
    let header = member.headerOffset
    func fail(_ problem: NumpyError.Problem) -> NumpyFailure {
      NumpyFailure(offset: header, problem: problem)
    }
    guard header <= bytes.count - 30,
      LittleEndian.load(UInt32.self, from: bytes, at: header) == 0x0403_4b50
    else { throw fail(.invalidArchive(what: "'\(member.name)' is not where it should be")) }
    let start =
      header + 30 + Int(LittleEndian.load(UInt16.self, from: bytes, at: header + 26))
      + Int(LittleEndian.load(UInt16.self, from: bytes, at: header + 28))
    guard start <= bytes.count, member.packedCount <= bytes.count - start else {
      throw fail(.invalidArchive(what: "'\(member.name)' ends after the file"))
    }
    guard member.unpackedCount <= limit,
      member.unpackedCount / Self.largestRatio <= member.packedCount
    else {
      throw fail(.absurdSize(unpacked: member.unpackedCount, packed: member.packedCount))
    }
    let packed = bytes[start..<start + member.packedCount]
    let unpacked: [UInt8]
    switch member.method {
    case 0: unpacked = Array(packed)
    case 8: unpacked = Self.inflate(packed, count: member.unpackedCount)
    default: throw fail(.unknownCompression(method: member.method))
    }
    guard unpacked.count == member.unpackedCount, Self.checksum(unpacked) == member.checksum else {
      throw fail(.damagedMember)
    }
    return unpacked
  }

  /// Unpacks raw deflate data into at most `count` bytes; fewer, or none, if it is damaged.
  private static func inflate(_ packed: ArraySlice<UInt8>, count: Int) -> [UInt8] {
    var stream = z_stream()
    // Negative window bits: no zlib header, as zip has it.
    guard
      inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return [] }
    defer { inflateEnd(&stream) }
    return [UInt8](unsafeUninitializedCapacity: max(count, 1)) { output, filled in
      packed.withUnsafeBufferPointer { input in
        var consumed = 0
        var status = Z_OK
        while status == Z_OK {
          // zlib counts in 32 bits: feed and drain at most 1 GiB a call.
          let given = min(input.count - consumed, 1 << 30)
          let room = min(count - filled, 1 << 30)
          stream.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + consumed) }
          stream.avail_in = UInt32(given)
          stream.next_out = output.baseAddress.map { $0 + filled }
          stream.avail_out = UInt32(room)
          status = CZlib.inflate(&stream, Z_NO_FLUSH)
          consumed += given - Int(stream.avail_in)
          filled += room - Int(stream.avail_out)
        }
        // Data that wants to go on after `count` bytes, or ends early, is not what was announced.
        if status != Z_STREAM_END { filled = 0 }
      }
    }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    UInt32(
      truncatingIfNeeded: bytes.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) })
  }
}
