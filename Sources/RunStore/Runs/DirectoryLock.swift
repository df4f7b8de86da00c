#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The right to write to a directory, held until the value goes away or the process ends.
///
/// An advisory `flock` on the directory itself: nothing is left behind when a process is killed.
final class DirectoryLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock.
  ///
  /// - Parameter path: An existing directory.
  /// - Throws: ``RunDirectoryError/busy(path:)`` if another holder lives.
  init(_ path: String) throws(RunDirectoryError) {
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .file(.reading(path)) }
    // File systems without locks answer other errors: there one works unprotected.
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK {
      close(descriptor)
      throw .busy(path: path)
    }
  }

  deinit {
    close(descriptor)
  }
}
