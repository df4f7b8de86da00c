import RunStore
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  /// The examples of FIPS 180-4 (NIST, "SHA256.pdf" of the example values), and the empty text.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `known texts have their known checksums`(text: String, expected: String) {
    #expect(SHA256Digest(of: Array(text.utf8)).description == expected)
  }

  @Test func `a file larger than the buffer has the checksum of its bytes`() throws {
    let directory = try TemporaryDirectory()
    // One million times "a": the third example of FIPS 180-2; more than one 1 MiB buffer with 8 %.
    let million = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(
      SHA256Digest(of: million).description
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    let bytes = million + million
    #expect(
      try SHA256Digest(contentsOf: directory.write("a", bytes)) == SHA256Digest(of: bytes))
  }
}
