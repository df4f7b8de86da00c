#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file of which parts are read, in any order, until the value goes away.
final class ReadableFile: Sendable {
  /// The file's path.
  let path: String

  /// The size in bytes when the file was opened.
  let byteCount: Int

  private let descriptor: Int32

  /// Opens a file.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``FileError`` if the file is missing, unreadable or a directory.
  init(_ path: String) throws(FileError) {
    self.path = path
    byteCount = try FileSystem.byteCount(of: path)
    try FileSystem.checkReadable(path)
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .reading(path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Reads bytes.
  ///
  /// - Parameters:
  ///   - offset: Where they begin.
  ///   - buffer: Room for the bytes.
  /// - Returns: The number of bytes read: fewer than there is room for only at the file's end.
  /// - Throws: ``FileError/unreadable(path:reason:)``.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
      if count < 0 {
        guard errno == EINTR else { throw .reading(path) }
        continue
      }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  /// The first bytes of the file, fewer if it has fewer.
  ///
  /// - Parameter count: How many.
  /// - Returns: The bytes.
  /// - Throws: ``FileError/unreadable(path:reason:)``.
  func prefix(_ count: Int) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: min(count, byteCount))
    let outcome = bytes.withUnsafeMutableBytes { buffer in
      Result { () throws(FileError) in try read(at: 0, into: buffer) }
    }
    bytes.removeLast(bytes.count - (try outcome.get()))
    return bytes
  }
}
