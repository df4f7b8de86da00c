import CCrypto

/// The SHA-256 checksum (FIPS 180-4) of a sequence of bytes, computed by OpenSSL.
public struct SHA256Digest: Sendable, Hashable, CustomStringConvertible {
  /// The 32 bytes of the checksum.
  public let bytes: [UInt8]

  /// Computes the checksum of bytes in memory.
  ///
  /// - Parameter contents: The bytes.
  public init(of contents: [UInt8]) {
    let hasher = SHA256Hasher()
    hasher.update(contents[...])
    bytes = hasher.finish()
  }

  /// Computes the checksum of a file without holding it in memory.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``FileError`` if the file cannot be read.
  public init(contentsOf path: String) throws(FileError) {
    let hasher = SHA256Hasher()
    try FileContents.forEachChunk(of: path) { hasher.update($0) }
    bytes = hasher.finish()
  }

  /// 64 hexadecimal digits in lower case.
  public var description: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

/// Owns OpenSSL's context of one checksum.
private final class SHA256Hasher {
  private let context: OpaquePointer

  init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("OpenSSL has SHA-256 and a few bytes of memory for it")
    }
    self.context = context
  }

  deinit {
    EVP_MD_CTX_free(context)
  }

  func update(_ bytes: ArraySlice<UInt8>) {
    _ = bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
  }

  func finish() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(context, &digest, nil)
    return digest
  }
}
