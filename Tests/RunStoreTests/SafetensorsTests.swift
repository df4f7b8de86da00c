import RunStore
import Testing

/// A file with a header as given and `data` bytes of 0.
private func file(_ header: String, data: Int = 0, length: UInt64? = nil) -> [UInt8] {
  let count = length ?? UInt64(header.utf8.count)
  return (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) } + header.utf8
    + repeatElement(0, count: data)
}

private func problem(_ bytes: [UInt8]) -> SafetensorsError.Problem? {
  do {
    _ = try SafetensorsFile(parsing: bytes, path: "m")
    return nil
  } catch {
    guard case .malformed(_, _, let problem) = error else { return nil }
    return problem
  }
}

@Suite("Safetensors")
struct SafetensorsTests {
  private let sample = SafetensorsFile(
    tensors: [
      "layer0.weight": StoredTensor(
        [1.5, -2, .pi, 0, -0.0, .leastNormalMagnitude / 8] as [Double], shape: [3, 2]),
      "layer0.bias": StoredTensor([0.1, .infinity] as [Float], shape: [2]),
      "counts": StoredTensor([-1, .max] as [Int64], shape: [2]),
      "small": StoredTensor([7] as [Int32], shape: []),
      "state": StoredTensor([.max, 0] as [UInt64], shape: [2]),
      "flags": StoredTensor([1, 2, 255] as [UInt8], shape: [3]),
      "empty": StoredTensor([] as [Float], shape: [0, 5]),
    ], metadata: ["format": "limbeck", "architecture": "{\"kind\": \"mlp\"}"])

  @Test func `tensors and metadata survive a round trip bit by bit`() throws {
    let directory = try TemporaryDirectory()
    try sample.write(to: directory("m.safetensors"))
    let back = try SafetensorsFile(contentsOf: directory("m.safetensors"))
    #expect(back == sample)
    #expect(
      back.tensors["layer0.weight"]?.doubles == [1.5, -2, .pi, 0, -0.0, .leastNormalMagnitude / 8])
    #expect(back.tensors["layer0.bias"]?.floats == [0.1, .infinity])
    #expect(back.tensors["state"]?.words == [.max, 0])
    #expect(try FileContents.read(directory("m.safetensors")) == sample.serialized)
  }

  @Test func `the bytes are those of the specification`() {
    let file = SafetensorsFile(
      tensors: ["b": StoredTensor([1] as [Float], shape: [1])], metadata: ["k": "v"])
    let header = #"{"__metadata__":{"k":"v"},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
    // 79 bytes of JSON, padded to 80; then 1.0 as a little-endian binary32.
    #expect(header.utf8.count == 79)
    #expect(
      file.serialized
        == [80, 0, 0, 0, 0, 0, 0, 0] + Array(header.utf8) + [0x20] + [0, 0, 0x80, 0x3F])
  }

  @Test func `half precision widens exactly`() throws {
    let bytes =
      file(
        #"{"h":{"dtype":"F16","shape":[3],"data_offsets":[0,6]},"#
          + #""b":{"dtype":"BF16","shape":[2],"data_offsets":[6,10]}}"#)
      // 1, -65504 (largest), 2⁻²⁴ (smallest) in binary16; 1 and -2 in bfloat16.
      + [0x00, 0x3C, 0xFF, 0xFB, 0x01, 0x00] + [0x80, 0x3F, 0x00, 0xC0]
    let read = try SafetensorsFile(parsing: bytes, path: "m")
    #expect(read.tensors["h"]?.doubles == [1, -65504, 0x1p-24])
    #expect(read.tensors["b"]?.floats == [1, -2])
  }

  @Test func `absurd claims are refused before memory is reserved`() {
    #expect(
      problem(file("{}", length: .max)) == .headerTooLarge(.max, limit: 100_000_000))
    #expect(problem(file("{}", length: 99_999_999)) == .truncated(needed: 100_000_007))
    #expect(problem([1, 2, 3]) == .truncated(needed: 8))
    let huge = #"{"a":{"dtype":"F64","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#
    #expect(
      problem(file(huge, data: 8))
        == .sizeMismatch(
          tensor: "a", shape: [4_611_686_018_427_387_904, 4], type: .float64, stored: 8))
    let far = #"{"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}"#
    #expect(problem(file(far, data: 8)) == .outOfBounds(tensor: "a", end: 9, available: 8))
  }

  @Test(arguments: [
    (#"[]"#, 0, SafetensorsError.Problem.headerIsNotAnObject),
    (#"{"__metadata__":{"a":1}}"#, 0, .invalidMetadata),
    (#"{"a":{"shape":[],"data_offsets":[0,0]}}"#, 0, .invalidEntry(tensor: "a", field: "dtype")),
    (
      #"{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,0]}}"#, 0,
      .invalidEntry(tensor: "a", field: "shape")
    ),
    (
      #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}}"#, 1,
      .invalidEntry(tensor: "a", field: "data_offsets")
    ),
    (
      #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1,2]}}"#, 2,
      .invalidEntry(tensor: "a", field: "data_offsets")
    ),
    (
      #"{"a":{"dtype":"F4","shape":[1],"data_offsets":[0,1]}}"#, 1,
      .unknownType(tensor: "a", type: "F4")
    ),
    (
      #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"#
        + #""b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#, 3, .overlap(tensor: "b")
    ),
    (#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}"#, 2, .gap(byteCount: 1)),
    (#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#, 3, .gap(byteCount: 2)),
    (
      #"{"a":1,"a":2}"#, 0,
      .invalidHeader(JSONError(offset: 7, problem: .duplicateMember("a")))
    ),
  ])
  func `each broken rule has its own error`(
    header: String, data: Int, expected: SafetensorsError.Problem
  ) {
    #expect(problem(file(header, data: data)) == expected)
  }

  @Test func `sentences name file, offset and problem`() {
    let error = #expect(throws: SafetensorsError.self) {
      try SafetensorsFile(parsing: [1, 2, 3], path: "model.safetensors")
    }
    #expect(
      error?.description == "model.safetensors: not a valid safetensors file (byte 3): "
        + "it ends before byte 8; copy or download it again")
    #expect(error?.kind == .malformed)
    let missing = #expect(throws: SafetensorsError.self) {
      try SafetensorsFile(contentsOf: "/nowhere/m.safetensors")
    }
    #expect(missing?.kind == .notFound)
  }

  @Test func `every truncation is refused and no damage traps`() {
    let bytes = sample.serialized
    let refused = damage(bytes, seed: 3) {
      (try? SafetensorsFile(parsing: $0, path: "m")) != nil
    }
    #expect(refused == bytes.count)
  }
}
