#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// System calls with typed errors.
package enum FileSystem {
  /// Whether anything, a dangling symbolic link included, is at the path.
  package static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Whether the path leads to a directory, unless told otherwise through symbolic links.
  static func isDirectory(_ path: String, followingLinks: Bool = true) -> Bool {
    var status = stat()
    let result = followingLinks ? stat(path, &status) : lstat(path, &status)
    return result == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The size of a file in bytes.
  static func byteCount(of path: String) throws(FileError) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .reading(path) }
    return Int(status.st_size)
  }

  /// Checks that a path leads to a file that can be opened for reading.
  static func checkReadable(_ path: String) throws(FileError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .reading(path) }
    close(descriptor)
    guard !isDirectory(path) else { throw .reading(path, reason: SystemReason(code: EISDIR)) }
  }

  /// The path from the root, by text alone: symbolic links and `..` stay as they are.
  package static func absolutePath(_ path: String) -> String {
    guard !path.hasPrefix("/"), let directory = getcwd(nil, 0) else { return path }
    defer { free(directory) }
    return PathText.join(String(cString: directory), path)
  }

  /// Creates a directory and the ones above it; an existing directory is fine.
  package static func createDirectory(_ path: String) throws(FileError) {
    if mkdir(path, 0o777) == 0 || (errno == EEXIST && isDirectory(path)) { return }
    let reason = SystemReason.current
    let parent = PathText.split(path).directory
    guard reason.code == ENOENT, parent != path, !parent.isEmpty else {
      throw .writing(path, reason: reason)
    }
    try createDirectory(parent)
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw .writing(path) }
  }

  /// The names in a directory, sorted, without `.` and `..`.
  package static func entries(of path: String) throws(FileError) -> [String] {
    guard let stream = opendir(path) else { throw .reading(path) }
    defer { closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw .reading(path) }
    return names.sorted()
  }

  /// Removes a file or a directory with all that is in it; nothing there is fine.
  package static func remove(_ path: String) throws(FileError) {
    if unlink(path) == 0 || errno == ENOENT { return }
    // Linux answers EISDIR for a directory, other systems EPERM.
    guard errno == EISDIR || errno == EPERM else { throw .writing(path) }
    guard isDirectory(path) else { throw .writing(path, reason: SystemReason(code: EPERM)) }
    for name in try entries(of: path) { try remove(PathText.join(path, name)) }
    guard rmdir(path) == 0 else { throw .writing(path) }
  }

  /// Renames within one file system, replacing a file of the same name.
  static func move(_ source: String, to destination: String) throws(FileError) {
    guard rename(source, destination) == 0 else { throw .writing(destination) }
  }

  /// Makes the creations, removals and renames in a directory durable.
  static func synchronizeDirectory(_ path: String) throws(FileError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .writing(path) }
    defer { close(descriptor) }
    // Some network file systems cannot sync a directory and say EINVAL: nothing to be done there.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw .writing(path) }
  }

  /// Fills `bytes` from an index on with one `read` call.
  ///
  /// - Returns: The number of bytes read, 0 at the end of the file, -1 with `errno` set on failure.
  static func read(_ descriptor: Int32, into bytes: inout [UInt8], from start: Int) -> Int {
    bytes.withUnsafeMutableBytes { buffer in
      let free = UnsafeMutableRawBufferPointer(rebasing: buffer[start...])
      #if canImport(Glibc)
        return Glibc.read(descriptor, free.baseAddress, free.count)
      #elseif canImport(Musl)
        return Musl.read(descriptor, free.baseAddress, free.count)
      #else
        return Darwin.read(descriptor, free.baseAddress, free.count)
      #endif
    }
  }

  /// Writes every byte to an open descriptor, however many calls it takes.
  package static func write(
    _ bytes: [UInt8], to descriptor: Int32, path: String
  ) throws(FileError) {
    let failure: SystemReason? = bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = writeOnce(descriptor, UnsafeRawBufferPointer(rebasing: rest))
        if count >= 0 {
          rest = rest.dropFirst(count)
        } else if errno != EINTR {
          return SystemReason.current
        }
      }
      return nil
    }
    if let failure { throw .writing(path, reason: failure) }
  }

  /// One `write` call, which may write less than it was given.
  private static func writeOnce(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #elseif canImport(Musl)
      Musl.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }
}
