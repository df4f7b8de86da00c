import CHDF5
import RunStore
import Testing

@Suite("Activations of any file")
struct ActivationMatrixTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  /// Numbers that half precision and bfloat16 hold exactly.
  static let values: [Double] = [1, -2, 0.5, 3, 0, -0.25, 64, 1.5, -96, 2, 7, -1]

  /// The same 4 × 3 numbers in every format that has arrays.
  private func files() throws -> [String] {
    let values = Self.values
    var paths: [String] = []
    func add(_ name: String, _ bytes: [UInt8]) throws {
      paths.append(try directory.write(name, bytes))
    }
    let header = "{'descr': '>f4', 'fortran_order': True, 'shape': (4, 3)}\n"
    let columns = (0..<3).flatMap { j in (0..<4).map { i in Float(values[i * 3 + j]) } }
    try add(
      "columns.npy",
      [0x93] + Array("NUMPY\u{1}\u{0}".utf8) + [UInt8(header.utf8.count), 0] + Array(header.utf8)
        + columns.flatMap { value in withUnsafeBytes(of: value.bitPattern.bigEndian) { Array($0) } }
    )
    try add("rows.npy", NumpyArray(StoredTensor(values, shape: [4, 3])).serialized)
    try add(
      "single.npy", NumpyArray(StoredTensor(values.map(Float.init), shape: [4, 3])).serialized)
    try add(
      "integers.npy",
      NumpyArray(StoredTensor(values.map { Int32($0 * 4) }, shape: [4, 3])).serialized)
    try add(
      "one.safetensors",
      SafetensorsFile(tensors: ["h": StoredTensor(values.map(Float.init), shape: [4, 3])])
        .serialized)
    for (name, type, data) in [
      ("half", "F16", values.flatMap { bytes(of: Float16($0).bitPattern) }),
      ("brain", "BF16", values.flatMap { bytes(of: UInt16(Float($0).bitPattern >> 16)) }),
    ] {
      let text = #"{"h":{"dtype":"\#(type)","shape":[4,3],"data_offsets":[0,24]}}"#
      try add(
        "\(name).safetensors", bytes(of: UInt64(text.utf8.count)) + Array(text.utf8) + data)
    }
    let csv = (0..<4).map { i in values[i * 3..<i * 3 + 3].map(\.description).joined(separator: ",")
    }
    try add("text.csv", Array(("a,b,c\n" + csv.joined(separator: "\n")).utf8))
    for (name, type, chunk) in [
      ("double.h5", nil, nil), ("half.h5", halfPrecision, 2), ("chunks.h5", nil, 3),
    ] as [(String, (() -> hid_t)?, Int?)] {
      writeHDF5(directory(name), [("/group/h", [4, 3], values)], type: type, chunk: chunk)
      paths.append(directory(name) + ":/group/h")
    }
    return paths
  }

  private func bytes(of value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  @Test func `every format gives the same rows`() throws {
    for path in try files() {
      let scale = path.contains("integers") ? 4.0 : 1
      let matrix = try ActivationMatrix(contentsOf: path)
      #expect(matrix.samples == 4 && matrix.width == 3, "\(path)")
      for rows in [0..<4, 1..<3, 3..<4, 2..<2] {
        let expected = Self.values[rows.lowerBound * 3..<rows.upperBound * 3].map { $0 * scale }
        #expect(try matrix.doubles(rows: rows) == expected, "\(path)")
        #expect(try matrix.floats(rows: rows) == expected.map(Float.init), "\(path)")
      }
    }
  }

  @Test func `an archive and a file of tensors have arrays by name`() throws {
    let tensors = [
      "a": StoredTensor([1.0, 2], shape: [2]), "b": StoredTensor([3.0], shape: [1, 1]),
    ]
    let path = try directory.write(
      "t.safetensors", SafetensorsFile(tensors: tensors).serialized)
    #expect(try ActivationMatrix(contentsOf: path + ":/a").doubles(rows: 0..<2) == [1, 2])
    #expect(try ActivationMatrix(contentsOf: path + ":/b").width == 1)
    let several = #expect(throws: ActivationError.self) { try ActivationMatrix(contentsOf: path) }
    #expect(several?.description == "\(path): several arrays (a, b); name one as \(path):/a")
    let none = #expect(throws: ActivationError.self) {
      try ActivationMatrix(contentsOf: path + ":/c")
    }
    #expect(none?.description == "\(path): no array 'c'; the file has a, b")
    let archive = try directory.write("a.npz", Self.storedArchive)
    #expect(try ActivationMatrix(contentsOf: archive).doubles(rows: 1..<2) == [3, 4])
    #expect(try ActivationMatrix(contentsOf: archive + ":/h").width == 2)
  }

  /// `numpy.savez(file, h=[[1., 2.], [3., 4.]])` without compression, put together by hand.
  private static var storedArchive: [UInt8] {
    let array = NumpyArray(StoredTensor([1.0, 2, 3, 4], shape: [2, 2])).serialized
    func le(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let name = Array("h.npy".utf8)
    let sizes =
      le(Int(checksum(array)), 4) + le(array.count, 4) + le(array.count, 4) + le(name.count, 2)
    let local = Array("PK\u{3}\u{4}".utf8) + le(20, 2) + le(0, 8) + sizes + le(0, 2) + name
    let central =
      Array("PK\u{1}\u{2}".utf8) + le(20, 2) + le(20, 2) + le(0, 8) + sizes + le(0, 12) + le(0, 4)
      + name
    let end =
      Array("PK\u{5}\u{6}".utf8) + le(0, 4) + le(1, 2) + le(1, 2) + le(central.count, 4)
      + le(local.count + array.count, 4) + le(0, 2)
    return local + array + central + end
  }

  /// The CRC-32 of zip, bit by bit.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
  }

  @Test func `a number that is none is reported with its row and column`() throws {
    for (bad, word) in [(Double.nan, "NaN"), (-.infinity, "infinity")] {
      var values = Self.values
      values[3 * 2 + 1] = bad
      let path = try directory.write(
        "a.npy", NumpyArray(StoredTensor(values, shape: [4, 3])).serialized)
      let matrix = try ActivationMatrix(contentsOf: path)
      #expect(try matrix.doubles(rows: 0..<2).count == 6)
      for error in [
        #expect(throws: ActivationError.self) { try matrix.floats(rows: 1..<4) },
        #expect(throws: ActivationError.self) { try ActivationSurvey(of: matrix) },
      ] {
        #expect(
          error?.description
            == "\(path): row 2, column 1 (counted from 0) is \(word); remove the row or repair it")
      }
    }
  }

  @Test func `a number that single precision has no room for is told from infinity`() throws {
    let path = try directory.write(
      "a.npy", NumpyArray(StoredTensor([1.0, 2, 3, 1e300], shape: [2, 2])).serialized)
    let matrix = try ActivationMatrix(contentsOf: path)
    #expect(try matrix.doubles(rows: 0..<2) == [1, 2, 3, 1e300])
    let error = #expect(throws: ActivationError.self) { try matrix.floats(rows: 0..<2) }
    #expect(
      error?.description
        == "\(path): row 1, column 1 (counted from 0) is 1e+300, beyond single precision; divide the "
        + "activations by a constant")
  }

  @Test func `other rows and other extents have another checksum`() throws {
    func checksum(_ values: [Double], _ shape: [Int]) throws -> SHA256Digest {
      let path = try directory.write(
        "a.npy", NumpyArray(StoredTensor(values, shape: shape)).serialized)
      return try ActivationMatrix(contentsOf: path).checksum
    }
    let whole = try checksum([1, 2, 3, 4, 5, 6], [3, 2])
    #expect(try checksum([1, 2, 3, 4, 5, 6], [3, 2]) == whole)
    #expect(try checksum([1, 2, 3, 4, 5, 7], [3, 2]) != whole)
    #expect(try checksum([1, 2, 3, 4, 5, 6], [2, 3]) != whole)
  }

  @Test func `data sets of groups have to be named`() throws {
    writeHDF5(directory("a.h5"), [("/group/h", [1, 2], [1, 2])])
    let error = #expect(throws: ActivationError.self) {
      try ActivationMatrix(contentsOf: directory("a.h5"))
    }
    let path = directory("a.h5")
    #expect(
      error?.description
        == "\(path): no data set of numbers at its top; name one of a group as \(path):/group/name")
  }

  @Test func `constant columns and too few samples are noted`() throws {
    let path = try directory.write(
      "a.npy", NumpyArray(StoredTensor([1.0, 2, 3, 1, 0, 3], shape: [2, 3])).serialized)
    let survey = try ActivationSurvey(of: try ActivationMatrix(contentsOf: path))
    #expect(survey.constantColumns == [0, 2])
    #expect(
      survey.notes == [
        "2 of 3 columns are constant (0, 2)",
        "2 samples are fewer than the 3 columns; what is fitted to them says little about others",
      ])
  }

  @Test func `shapes that are no matrix are refused`() throws {
    for (shape, reason) in [
      ([1, 2, 3], "activations need [samples, width], so join all axes but the last"),
      ([0, 3], "at least one row and one column are needed"),
    ] {
      let count = shape.reduce(1, *)
      let path = try directory.write(
        "a.npy",
        NumpyArray(StoredTensor([Double](repeating: 0, count: count), shape: shape)).serialized)
      let error = #expect(throws: ActivationError.self) { try ActivationMatrix(contentsOf: path) }
      #expect(
        error?.description == "\(path) has shape \(shape)\(shape.count == 3 ? "; " : "; ")\(reason)"
      )
      #expect(error?.kind == .malformed)
    }
    writeHDF5(directory("a.h5"), [("h", [1, 1, 2], [1, 2])])
    #expect(throws: ActivationError.self) { try ActivationMatrix(contentsOf: directory("a.h5")) }
  }

  @Test func `missing, unknown and damaged files have their own errors`() throws {
    for name in ["a.h5", "a.npy", "a.npz", "a.safetensors", "a.csv", "a.bin"] {
      let missing = #expect(throws: ActivationError.self) {
        try ActivationMatrix(contentsOf: directory(name))
      }
      #expect(missing?.kind == .notFound, "\(name)")
      let path = try directory.write(name, [1, 2, 3])
      let error = #expect(throws: ActivationError.self) { try ActivationMatrix(contentsOf: path) }
      #expect(error?.kind == .malformed, "\(name)")
    }
  }

  @Test func `absurd claims are refused before memory is reserved`() throws {
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 3)}\n"
    let npy =
      [0x93] + Array("NUMPY\u{1}\u{0}".utf8) + [UInt8(header.utf8.count), 0] + Array(header.utf8)
    let path = try directory.write("a.npy", npy)
    #expect(throws: ActivationError.self) { try ActivationMatrix(contentsOf: path) }
    writeHDF5(directory("a.h5"), [("h", [1 << 40, 64], [])])
    let h5 = #expect(throws: ActivationError.self) {
      try ActivationMatrix(contentsOf: directory("a.h5"))
    }
    #expect(
      h5
        == .hdf5(
          .malformed(
            path: directory("a.h5"),
            problem: .absurdSize(dataset: "h", shape: [1 << 40, 64], stored: 0))))
  }

  @Test func `truncated and damaged files end in errors or values`() throws {
    let tensors = SafetensorsFile(
      tensors: ["h": StoredTensor(Self.values, shape: [4, 3])]
    ).serialized
    let array = NumpyArray(StoredTensor(Self.values, shape: [4, 3])).serialized
    for (name, bytes) in [("a.safetensors", tensors), ("a.npy", array)] {
      let refused = damage(bytes, seed: 5, changes: 300) { bytes in
        guard let path = try? directory.write(name, bytes),
          let matrix = try? ActivationMatrix(contentsOf: path)
        else { return false }
        return (try? matrix.doubles(rows: 0..<min(4, matrix.samples))) != nil
      }
      #expect(refused == bytes.count)
    }
  }
}
