#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reading whole files with a limit on their size.
///
/// Files are read, not mapped: a mapped file that another process truncates kills the reader
/// with `SIGBUS`, where a read returns fewer bytes and ends in a typed error.
public enum FileContents {
  /// The largest file that is read into memory unless the caller says otherwise: 16 GiB.
  public static let defaultLimit = 1 << 34

  /// Reads a whole file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: The largest accepted size in bytes, checked before memory is reserved.
  /// - Returns: The bytes of the file.
  /// - Throws: ``FileError`` if the file is missing, unreadable, a directory or too large.
  public static func read(
    _ path: String, limit: Int = defaultLimit
  ) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .reading(path) }
    defer { close(descriptor) }

    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .reading(path) }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw .reading(path, reason: SystemReason(code: EISDIR))
    }
    let expected = Int(status.st_size)
    guard expected <= limit else {
      throw .tooLarge(path: path, byteCount: expected, limit: limit)
    }
    // One byte more than expected, so that the common case sees the end of file without growing.
    var bytes = [UInt8](repeating: 0, count: max(expected, 4095) + 1)
    var filled = 0
    while true {
      if filled == bytes.count {
        // Pipes and files that grow while they are read report no useful size.
        guard filled <= limit else {
          throw .tooLarge(path: path, byteCount: filled, limit: limit)
        }
        bytes.append(contentsOf: repeatElement(0, count: filled))
      }
      let count = FileSystem.read(descriptor, into: &bytes, from: filled)
      if count < 0 {
        guard errno == EINTR else { throw .reading(path) }
        continue
      }
      if count == 0 { break }
      filled += count
    }
    guard filled <= limit else { throw .tooLarge(path: path, byteCount: filled, limit: limit) }
    bytes.removeSubrange(filled...)
    return bytes
  }

  /// Hands a file to a closure piece by piece, whatever its size.
  static func forEachChunk(
    of path: String, _ body: (ArraySlice<UInt8>) -> Void
  ) throws(FileError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .reading(path) }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = FileSystem.read(descriptor, into: &buffer, from: 0)
      if count > 0 {
        body(buffer[..<count])
      } else if count == 0 {
        return
      } else if errno != EINTR {
        throw .reading(path)
      }
    }
  }
}
