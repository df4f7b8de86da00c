import CHDF5
import RunStore
import Testing

@Suite("Files of activations")
struct ActivationFileTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  private static let layers = [
    ActivationArray(name: "layer0", content: .layer(width: 3), units: "1", source: "a"),
    ActivationArray(name: "layer10", content: .layer(width: 1), units: "1", source: "b"),
    ActivationArray(name: "layer2.pre", content: .layer(width: 2), units: "1", source: "c"),
  ]
  private static let field = ActivationArray(
    name: "u_xx", content: .field, units: "[u]/[x]^2", source: "jets")
  private static let exact = ActivationArray(
    name: "u_xx", content: .exactField, units: "[u]/[x]^2", source: "formula")
  private static let provenance = ActivationProvenance(
    variables: ["x", "t"], points: "grid 5 4", modelChecksum: String(repeating: "a", count: 64),
    version: "1.2.3", instructionSet: "avx2")
  private static let samples = 20

  private func value(_ array: Int, _ row: Int, _ column: Int) -> Double {
    // A third is rounded differently in 32 and 64 bits.
    Double(array * 1000 + row * 10 + column) / 3
  }

  private func values(_ array: Int, _ rows: Range<Int>, _ width: Int) -> [Double] {
    rows.flatMap { row in (0..<width).map { value(array, row, $0) } }
  }

  /// Begins a file and writes all blocks, the later rows first.
  private func writer(
    _ path: String, _ type: ElementType = .float32
  ) throws -> ActivationWriter {
    let writer = try ActivationWriter(
      replacing: path, samples: Self.samples, arrays: Self.layers + [Self.field, Self.exact],
      provenance: Self.provenance, layerType: type)
    for rows in [13..<Self.samples, 0..<13] {
      try writer.write(coordinates: values(9, rows, 2), from: rows.lowerBound)
      for (i, layer) in Self.layers.enumerated() {
        guard case .layer(let width) = layer.content else { continue }
        try writer.write(values(i, rows, width), to: layer, from: rows.lowerBound)
      }
      try writer.write(values(5, rows, 1), to: Self.field, from: rows.lowerBound)
      var exact = values(6, rows, 1)
      if rows.lowerBound == 0 { exact[2] = .nan }
      try writer.write(exact, to: Self.exact, from: rows.lowerBound)
    }
    return writer
  }

  @Test(arguments: [ElementType.float32, .float64])
  func `what is written is read`(type: ElementType) throws {
    let path = directory("a.h5")
    try writer(path, type).finish()
    let file = try ActivationFile(contentsOf: path)
    #expect(file.provenance == Self.provenance)
    #expect(file.samples == Self.samples)
    #expect(file.layers == ["layer0", "layer10", "layer2.pre"])
    #expect(file.fields == ["u_xx"])
    #expect(file.exactFields == ["u_xx"])
    let all = 0..<Self.samples
    #expect(try file.coordinates.doubles(rows: all) == values(9, all, 2))
    let expected = values(0, 4..<9, 3)
    #expect(
      try file.layer("layer0").doubles(rows: 4..<9)
        == (type == .float64 ? expected : expected.map { Double(Float($0)) }))
    #expect(try file.field("u_xx", rows: 2..<5) == values(5, 2..<5, 1))
    let exact = try file.exactField("u_xx")
    #expect(exact.indices.filter { exact[$0].isNaN } == [2])
    // The same array by its path in the file.
    #expect(try ActivationMatrix(contentsOf: path + ":/layer10").samples == Self.samples)
    #expect(try directory.entries() == ["a.h5"])
  }

  @Test func `equal activations make equal bytes`() throws {
    try writer(directory("a.h5")).finish()
    try writer(directory("b.h5")).finish()
    #expect(
      try FileContents.read(directory("a.h5")) == FileContents.read(directory("b.h5")))
  }

  @Test func `names that are not there are refused with those that are`() throws {
    try writer(directory("a.h5")).finish()
    let file = try ActivationFile(contentsOf: directory("a.h5"))
    let error = #expect(throws: ActivationError.self) { try file.layer("layer1") }
    #expect(
      error?.description
        == "\(directory("a.h5")): no array 'layer1'; the file has layer0, layer10, layer2.pre")
    #expect(throws: ActivationError.self) { try file.field("u_t") }
    #expect(throws: ActivationError.self) { try file.exactField("u") }
    #expect(throws: ActivationError.self) { try ActivationMatrix(contentsOf: directory("a.h5")) }
  }

  @Test func `a writer that is given up leaves what was there`() throws {
    let path = try directory.write("a.h5", [1, 2, 3])
    do { _ = try writer(path) }
    #expect(try FileContents.read(path) == [1, 2, 3])
    #expect(try directory.entries() == ["a.h5"])
  }

  @Test func `what a killed writer leaves behind is refused`() throws {
    let writer = try ActivationWriter(
      replacing: directory("a.h5"), samples: 1 << 16,
      arrays: [
        ActivationArray(name: "h", content: .layer(width: 256), units: "1", source: "")
      ], provenance: Self.provenance)
    let block = [Double](repeating: 1, count: 256 << 12)
    let layer = ActivationArray(name: "h", content: .layer(width: 256), units: "1", source: "")
    for part in 0..<16 {
      try writer.write(block, to: layer, from: part << 12)
      guard [0, 7, 15].contains(part) else { continue }
      // What the disk holds at this moment.
      let hidden = try #require(try directory.entries().first { $0.hasSuffix(".tmp") })
      let copy = try directory.write("copy.h5", try FileContents.read(directory(hidden)))
      #expect(throws: ActivationError.self) { try ActivationFile(contentsOf: copy) }
      // After 64 MiB the file was flushed and is sound, but marked by the library as being written.
      #expect(throws: ActivationError.self) { try ActivationMatrix(contentsOf: copy + ":/h") }
    }
  }

  @Test func `truncated files are refused`() throws {
    try writer(directory("a.h5")).finish()
    let bytes = try FileContents.read(directory("a.h5"))
    for count in stride(from: 0, to: bytes.count, by: 211) {
      let cut = try directory.write("cut.h5", Array(bytes.prefix(count)))
      #expect(throws: ActivationError.self) { try ActivationFile(contentsOf: cut) }
    }
  }

  @Test func `damaged files end in errors or values`() throws {
    try writer(directory("a.h5")).finish()
    let bytes = try FileContents.read(directory("a.h5"))
    var random = TestRandom(state: 7)
    for _ in 0..<300 {
      var changed = bytes
      // Half of the changes in the first kilobytes, where the structure is.
      for limit in [4096, bytes.count] {
        changed[Int.random(in: 0..<limit, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      let path = try directory.write("b.h5", changed)
      guard let file = try? ActivationFile(contentsOf: path) else { continue }
      for name in file.layers {
        _ = try? file.layer(name).floats(rows: 0..<min(file.samples, 100))
      }
    }
  }

  @Test func `other HDF5 files are no files of activations`() throws {
    let path = directory("a.h5")
    writeHDF5(path, [("coordinates", [2, 1], [1, 2])])
    let error = #expect(throws: ActivationError.self) { try ActivationFile(contentsOf: path) }
    #expect(
      error?.description
        == "\(path): not a file of activations written by limbeck (the attribute 'format' is missing "
        + "or wrong); name an array as \(path):/name")
  }
}
