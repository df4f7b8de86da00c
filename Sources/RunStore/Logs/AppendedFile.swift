#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that grows while others read it: each record reaches the system in one call.
final class AppendedFile: Sendable {
  /// The file.
  let path: String

  private let descriptor: Int32

  /// Opens a file to add to.
  ///
  /// - Parameters:
  ///   - path: The file; its directory must exist.
  ///   - isContinued: Whether to keep what is in it.
  /// - Throws: ``FileError/unwritable(path:reason:)``.
  init(_ path: String, isContinued: Bool) throws(FileError) {
    let start = isContinued ? 0 : O_TRUNC
    descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | start, 0o666)
    guard descriptor >= 0 else { throw .writing(path) }
    self.path = path
  }

  deinit {
    close(descriptor)
  }

  /// Adds a record.
  ///
  /// - Parameter record: All of its bytes.
  /// - Throws: ``FileError/unwritable(path:reason:)``, for example when the disk is full.
  func append(_ record: [UInt8]) throws(FileError) {
    try FileSystem.write(record, to: descriptor, path: path)
  }
}
