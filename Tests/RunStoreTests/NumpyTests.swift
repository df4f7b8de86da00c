import RunStore
import Testing

/// A version 1 file as NumPy lays it out, with any dictionary and data.
private func file(_ dictionary: String, _ data: [UInt8] = [], version: UInt8 = 1) -> [UInt8] {
  let text = Array(dictionary.utf8) + [0x0A]
  let length = (0..<(version == 1 ? 2 : 4)).map {
    UInt8(truncatingIfNeeded: text.count >> (8 * $0))
  }
  return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + text + data
}

private func header(_ type: String, shape: String, fortran: String = "False") -> String {
  "{'descr': '\(type)', 'fortran_order': \(fortran), 'shape': \(shape), }"
}

private func problem(_ bytes: [UInt8]) -> NumpyError.Problem? {
  do {
    _ = try NumpyArray(parsing: bytes, path: "a.npy")
    return nil
  } catch {
    guard case .malformed(_, _, let problem) = error else { return nil }
    return problem
  }
}

@Suite("NumPy arrays")
struct NumpyTests {
  @Test func `the bytes are those of numpy.save`() {
    // numpy.save(f, numpy.array([1.0, -2.0], dtype="<f4")), NumPy 2.4.
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }"
    let padded = text + String(repeating: " ", count: 118 - text.utf8.count - 1) + "\n"
    let expected =
      [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8)
      + [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]
    #expect(NumpyArray(StoredTensor([1, -2] as [Float], shape: [2])).serialized == expected)
  }

  @Test(
    arguments: [
      ("|b1", [1, 0, 2], [1, 0, 1]), ("|i1", [0xFF, 0x80], [-1, -128]),
      ("|u1", [0xFF, 0x80], [255, 128]), ("<i2", [0xFE, 0xFF], [-2]), (">i2", [0xFF, 0xFE], [-2]),
      ("<u2", [0xFE, 0xFF], [65534]), ("<i4", [1, 0, 0, 0x80], [-2_147_483_647]),
      (">u4", [0x80, 0, 0, 1], [2_147_483_649]),
      ("<i8", [0xFD, 255, 255, 255, 255, 255, 255, 255], [-3]),
      (">u8", [0, 0, 0, 0, 0, 0, 1, 0], [256]), ("<f2", [0x00, 0xC0], [-2]),
      (">f4", [0x3F, 0x80, 0, 0], [1]), ("<f8", [0, 0, 0, 0, 0, 0, 0xF0, 0x3F], [1]),
      (">f8", [0xC0, 0, 0, 0, 0, 0, 0, 0], [-2]), ("=f4", [0, 0, 0x80, 0x3F], [1]),
    ] as [(String, [UInt8], [Double])])
  func `every element type reads`(type: String, data: [UInt8], expected: [Double]) throws {
    for version: UInt8 in 1...3 {
      let bytes = file(header(type, shape: "(\(expected.count),)"), data, version: version)
      let array = try NumpyArray(parsing: bytes, path: "a.npy")
      #expect(array.doubles == expected)
      #expect(array.shape == [expected.count])
    }
  }

  @Test func `column-major arrays come out row-major`() throws {
    // The element at (i, j, k) is 100i + 10j + k; Fortran order runs through i first.
    var data: [UInt8] = []
    for k in 0..<2 {
      for j in 0..<3 { for i in 0..<2 { data.append(UInt8(100 * i + 10 * j + k)) } }
    }
    let bytes = file(header("|u1", shape: "(2, 3, 2)", fortran: "True"), data)
    let array = try NumpyArray(parsing: bytes, path: "a.npy")
    #expect(array.doubles == [0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121])
  }

  @Test func `doubles survive a round trip through a file`() throws {
    let directory = try TemporaryDirectory()
    let array = NumpyArray(StoredTensor([1, .pi, -.infinity, 0] as [Double], shape: [2, 2]))
    try array.write(to: directory("a.npy"))
    #expect(try NumpyArray(contentsOf: directory("a.npy")) == array)
  }

  @Test(
    arguments: [
      (Array("PK".utf8), .wrongMagic(expected: "a .npy file (\\x93NUMPY)")),
      ([], .wrongMagic(expected: "a .npy file (\\x93NUMPY)")),
      (Array(file("{}").prefix(9)), .truncated(needed: 10)),
      (file("{}", version: 9), .unknownVersion(9)),
      (
        file("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }"), .structuredType
      ),
      (file(header("<c16", shape: "(1,)")), .unknownType("<c16")),
      (file(header("<U3", shape: "(1,)")), .unknownType("<U3")),
      (file(header("|O", shape: "(1,)")), .unknownType("|O")),
      (
        file(header("<f8", shape: "(4611686018427387904, 4)")),
        .tooLarge(shape: [4_611_686_018_427_387_904, 4], limit: 0)
      ),
      (file(header("<f8", shape: "(99999999999,)")), .truncated(needed: 800_000_000_070)),
      (
        file(header("<f8", shape: "(-1,)")),
        .invalidHeader(expected: "an extent that is not negative")
      ),
      (
        file(header("<f8", shape: "(1,)", fortran: "Maybe")),
        .invalidHeader(expected: "True or False")
      ),
      (
        file("{'descr': '<f8'}"),
        .invalidHeader(expected: "'descr', 'fortran_order' and 'shape'")
      ),
      (file(header("|u1", shape: "(1,)"), [1, 2, 3]), .trailingBytes(count: 2)),
    ] as [([UInt8], NumpyError.Problem)])
  func `each broken rule has its own error`(bytes: [UInt8], expected: NumpyError.Problem) {
    #expect(problem(bytes) == expected)
  }

  @Test func `an empty array of absurd extents is harmless`() throws {
    let text = header("<f8", shape: "(0, 9223372036854775807, 9)", fortran: "True")
    #expect(try NumpyArray(parsing: file(text), path: "a.npy").doubles.isEmpty)
  }

  @Test func `sentences name file, offset and remedy`() {
    let error = #expect(throws: NumpyError.self) {
      try NumpyArray(parsing: file(header("<c8", shape: "(1,)")), path: "a.npy")
    }
    #expect(
      error?.description == "a.npy: not readable as a NumPy file (byte 20): elements of type '<c8' "
        + "are not real numbers; save the array with astype(float)")
  }

  @Test func `every truncation is refused and no damage traps`() {
    let bytes = file(header("<f4", shape: "(2, 2)", fortran: "True"), Array(0..<16))
    let refused = damage(bytes, seed: 4) { (try? NumpyArray(parsing: $0, path: "a")) != nil }
    #expect(refused == bytes.count)
  }
}
