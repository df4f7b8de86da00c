import CZlib
import RunStore
import Testing

/// One member of a hand-made zip archive.
private struct Member {
  var name: String
  var contents: [UInt8]
  var isDeflated = false
  var claimedCount: Int?
  var flags: UInt16 = 0
  var method: UInt16?
}

private func little<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian) { Array($0) }
}

/// Raw deflate data, by zlib's own compressor.
private func deflated(_ bytes: [UInt8]) -> [UInt8] {
  var stream = z_stream()
  deflateInit2_(
    &stream, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
    Int32(MemoryLayout<z_stream>.size))
  defer { deflateEnd(&stream) }
  var input = bytes
  var output = [UInt8](repeating: 0, count: bytes.count + 100)
  let count = input.withUnsafeMutableBufferPointer { source in
    output.withUnsafeMutableBufferPointer { target in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(source.count)
      stream.next_out = target.baseAddress
      stream.avail_out = UInt32(target.count)
      deflate(&stream, Z_FINISH)
      return target.count - Int(stream.avail_out)
    }
  }
  return Array(output.prefix(count))
}

/// A zip archive as PKWARE's APPNOTE lays it out; zip64 puts sizes where numpy.savez puts them.
private func archive(_ members: [Member], zip64: Bool = false) -> [UInt8] {
  var bytes: [UInt8] = []
  var directory: [UInt8] = []
  for member in members {
    let packed = member.isDeflated ? deflated(member.contents) : member.contents
    let method = member.method ?? (member.isDeflated ? 8 : 0)
    let sum = UInt32(crc32_z(0, member.contents, member.contents.count))
    let count = member.claimedCount ?? member.contents.count
    let wide =
      little(UInt16(1)) + little(UInt16(16)) + little(UInt64(count)) + little(UInt64(packed.count))
    let sizes =
      zip64
      ? little(UInt32.max) + little(UInt32.max)
      : little(UInt32(packed.count)) + little(UInt32(count))
    let extra = zip64 ? wide : []
    let common =
      little(UInt16(20)) + little(member.flags) + little(method) + little(UInt32(0)) + little(sum)
      + sizes + little(UInt16(member.name.utf8.count)) + little(UInt16(extra.count))
    directory +=
      little(UInt32(0x0201_4B50)) + little(UInt16(20)) + common + little(UInt16(0))
      + little(UInt32(0)) + little(UInt32(0)) + little(UInt32(bytes.count))
      + Array(member.name.utf8) + extra
    bytes += little(UInt32(0x0403_4B50)) + common + Array(member.name.utf8) + extra + packed
  }
  let start = bytes.count
  bytes += directory
  return bytes + little(UInt32(0x0605_4B50)) + little(UInt32(0)) + little(UInt16(members.count))
    + little(UInt16(members.count)) + little(UInt32(directory.count)) + little(UInt32(start))
    + little(UInt16(0))
}

private func problem(_ bytes: [UInt8], limit: Int = 1 << 30) -> NumpyError.Problem? {
  do {
    _ = try NumpyArchive(parsing: bytes, path: "a.npz", limit: limit)
    return nil
  } catch {
    guard case .malformed(_, _, let problem) = error else { return nil }
    return problem
  }
}

@Suite("NumPy archives")
struct NumpyArchiveTests {
  private let array = NumpyArray(StoredTensor([1, 2, 3, 4, 5, 6] as [Double], shape: [3, 2]))

  @Test(arguments: [false, true], [false, true])
  func `stored and deflated members read, with and without zip64`(
    isDeflated: Bool, zip64: Bool
  ) throws {
    let bytes = archive(
      [
        Member(name: "y.npy", contents: array.serialized, isDeflated: isDeflated),
        Member(name: "X.npy", contents: array.serialized, isDeflated: !isDeflated),
      ], zip64: zip64)
    let read = try NumpyArchive(parsing: bytes, path: "a.npz")
    #expect(read.entries.map(\.name) == ["y", "X"])
    #expect(read["X"] == array)
    #expect(read["z"] == nil)
  }

  @Test func `a bomb is refused by what it claims and by what it unpacks to`() {
    let zeros = [UInt8](repeating: 0, count: 1 << 20)
    let packed = deflated(zeros).count
    var bomb = Member(name: "a.npy", contents: zeros, isDeflated: true, claimedCount: 1 << 31)
    #expect(problem(archive([bomb])) == .absurdSize(unpacked: 1 << 31, packed: packed))
    // More than the limit although deflate could hold it.
    bomb.claimedCount = nil
    #expect(
      problem(archive([bomb]), limit: 1000) == .absurdSize(unpacked: 1 << 20, packed: packed))
    // Claims little and unpacks to much: inflating stops at the claim.
    bomb.claimedCount = 100
    #expect(problem(archive([bomb])) == .damagedMember)
    // The limit is for all members together.
    let half = Member(name: "b.npy", contents: array.serialized)
    #expect(
      problem(archive([Member(name: "c.npy", contents: array.serialized), half]), limit: 200)
        == .absurdSize(unpacked: array.serialized.count, packed: array.serialized.count))
  }

  @Test func `damage, encryption, unknown methods and doubles are told apart`() {
    let good = Member(name: "a.npy", contents: array.serialized)
    var bytes = archive([good])
    bytes[60] ^= 1
    #expect(problem(bytes) == .damagedMember)
    var other = good
    other.flags = 1
    #expect(problem(archive([other])) == .unknownCompression(method: 99))
    other = good
    other.method = 12
    #expect(problem(archive([other])) == .unknownCompression(method: 12))
    #expect(problem(archive([good, good])) == .duplicateMember("a"))
    #expect(problem(Array("hello".utf8)) == .wrongMagic(expected: "a .npz (zip) archive"))
    #expect(
      problem(Array(archive([good]).dropLast(5)))
        == .invalidArchive(what: "it has no end record; is it cut off?"))
  }

  @Test func `a member that is no array names the member`() {
    let error = #expect(throws: NumpyError.self) {
      try NumpyArchive(
        parsing: archive([Member(name: "notes.txt", contents: Array("hello".utf8))]), path: "a.npz")
    }
    #expect(
      error?.description == "a.npz:notes.txt: not readable as a NumPy file (byte 0): "
        + "it does not begin like a .npy file (\\x93NUMPY)")
  }

  @Test func `every truncation is refused and no damage traps`() {
    let bytes = archive(
      [
        Member(name: "y.npy", contents: array.serialized, isDeflated: true),
        Member(name: "X.npy", contents: array.serialized),
      ], zip64: true)
    let refused = damage(bytes, seed: 5, changes: 5000) {
      (try? NumpyArchive(parsing: $0, path: "a")) != nil
    }
    #expect(refused == bytes.count)
  }
}
