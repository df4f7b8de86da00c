#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that appears complete or not at all.
///
/// The bytes go to a hidden sibling of the destination. ``commit()`` makes them durable (`fsync`),
/// renames the sibling over the destination (which POSIX makes atomic) and makes the rename
/// durable (`fsync` of the directory). Without a commit, an error included, the sibling is removed
/// and whatever was at the destination before is untouched.
///
/// ```swift
/// var file = try AtomicFile(replacing: "equations.csv")
/// try file.append("complexity,loss\n".utf8)
/// try file.commit()
/// ```
///
/// A symbolic link at the destination is replaced, not followed.
public struct AtomicFile: ~Copyable {
  /// The path that the file will have.
  public let path: String

  /// The hidden sibling, for writers that take a path.
  let temporaryPath: String

  private let descriptor: Int32
  private var isCommitted = false

  /// Opens a hidden sibling of `path` for writing.
  ///
  /// - Parameter path: The destination; its directory must exist.
  /// - Throws: ``FileError/unwritable(path:reason:)`` if the sibling cannot be created.
  public init(replacing path: String) throws(FileError) {
    let (directory, name) = PathText.split(path)
    var attempt = 0
    while true {
      // Another thread, or a process killed under the same identifier, may own a name already.
      let candidate = PathText.join(directory, ".\(name).\(getpid()).\(attempt).tmp")
      let descriptor = open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 {
        self.path = path
        self.temporaryPath = candidate
        self.descriptor = descriptor
        return
      }
      guard errno == EEXIST, attempt < 10_000 else { throw .writing(path) }
      attempt += 1
    }
  }

  deinit {
    close(descriptor)
    if !isCommitted { unlink(temporaryPath) }
  }

  /// Appends bytes to the file.
  ///
  /// - Parameter bytes: The bytes; they are on disk only after ``commit()``.
  /// - Throws: ``FileError/unwritable(path:reason:)``, for example when the disk is full.
  public mutating func append(_ bytes: some Sequence<UInt8>) throws(FileError) {
    try append([UInt8](bytes))
  }

  /// Appends bytes that are already contiguous, without copying them.
  ///
  /// - Parameter bytes: The bytes; they are on disk only after ``commit()``.
  /// - Throws: ``FileError/unwritable(path:reason:)``, for example when the disk is full.
  public mutating func append(_ bytes: [UInt8]) throws(FileError) {
    try FileSystem.write(bytes, to: descriptor, path: path)
  }

  /// Makes the bytes durable under the destination's name.
  ///
  /// - Throws: ``FileError/unwritable(path:reason:)``; the destination then is as it was before.
  public consuming func commit() throws(FileError) {
    guard fsync(descriptor) == 0 else { throw .writing(path) }
    guard rename(temporaryPath, path) == 0 else { throw .writing(path) }
    isCommitted = true
    try FileSystem.synchronizeDirectory(PathText.split(path).directory)
  }

  /// Writes a whole file atomically.
  ///
  /// - Parameters:
  ///   - bytes: The contents.
  ///   - path: The destination; its directory must exist.
  /// - Throws: ``FileError/unwritable(path:reason:)``; the destination then is as it was before.
  public static func write(
    _ bytes: some Sequence<UInt8>, to path: String
  ) throws(FileError) {
    var file = try AtomicFile(replacing: path)
    try file.append(bytes)
    try file.commit()
  }
}
