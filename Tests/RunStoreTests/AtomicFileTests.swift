import RunStore
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("Atomic files")
struct AtomicFileTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  @Test func `a committed file has its bytes and leaves nothing else`() throws {
    let path = directory("a.bin")
    var file = try AtomicFile(replacing: path)
    try file.append([1, 2])
    try file.append("xyz".utf8)
    try file.commit()
    #expect(try FileContents.read(path) == [1, 2, 0x78, 0x79, 0x7A])
    #expect(try directory.entries() == ["a.bin"])
  }

  @Test func `without a commit the earlier file stays and the temporary one goes`() throws {
    let path = try directory.write("a.bin", [1])
    do {
      var file = try AtomicFile(replacing: path)
      try file.append([2, 3])
    }
    #expect(try FileContents.read(path) == [1])
    #expect(try directory.entries() == ["a.bin"])
  }

  @Test func `a rename that fails leaves no temporary file`() throws {
    let path = directory("taken")
    mkdir(path, 0o777)
    mkdir(path + "/child", 0o777)
    #expect(throws: FileError.unwritable(path: path, reason: SystemReason(code: EISDIR))) {
      try AtomicFile.write([1], to: path)
    }
    #expect(try directory.entries() == ["taken"])
  }

  @Test func `errors name the path and the system's reason`() throws {
    let path = directory("missing/a.bin")
    let error = #expect(throws: FileError.self) { try AtomicFile.write([1], to: path) }
    #expect(error?.description == "\(path): cannot write it: No such file or directory")
    #expect(error?.kind == .unwritable)
  }

  @Test func `a full disk is reported as such`() throws {
    let descriptor = open("/dev/full", O_WRONLY)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    let error = #expect(throws: FileError.self) {
      try FileSystem.write([1], to: descriptor, path: "run/model.safetensors")
    }
    #expect(
      error?.description == "run/model.safetensors: cannot write it: No space left on device")
  }

  @Test func `a missing file, a directory and a large file are told apart`() throws {
    let missing = #expect(throws: FileError.self) { try FileContents.read(directory("none")) }
    #expect(missing?.kind == .notFound)
    #expect(
      missing?.description == "\(directory("none")): no such file or directory; check the path")
    let folder = #expect(throws: FileError.self) { try FileContents.read(directory.path) }
    #expect(folder?.kind == .unreadable)
    let path = try directory.write("a", [1, 2, 3])
    #expect(throws: FileError.tooLarge(path: path, byteCount: 3, limit: 2)) {
      try FileContents.read(path, limit: 2)
    }
  }

  @Test(arguments: [0, 1, 4095, 4096, 4097, 100_000])
  func `files of any size read back`(count: Int) throws {
    var random = TestRandom(state: UInt64(count))
    let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    #expect(try FileContents.read(directory.write("a", bytes)) == bytes)
  }
}
