/// Named arrays in NumPy's `.npz` format: a zip archive of `.npy` files.
public struct NumpyArchive: Sendable, Equatable {
  /// One array of an archive.
  public struct Entry: Sendable, Equatable {
    /// The name, without the `.npy` of the archive's member.
    public let name: String

    /// The array.
    public let array: NumpyArray
  }

  /// The arrays in the order of the archive's directory.
  public let entries: [Entry]

  /// The array with a name, if there is one.
  ///
  /// - Parameter name: The name, without `.npy`.
  public subscript(name: String) -> NumpyArray? {
    entries.first { $0.name == name }?.array
  }

  /// Reads a `.npz` file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: The largest accepted size in bytes, of the file and of all arrays unpacked.
  /// - Throws: ``NumpyError`` with the path and, for malformed contents, the byte offset.
  public init(
    contentsOf path: String, limit: Int = FileContents.defaultLimit
  ) throws(NumpyError) {
    let bytes: [UInt8]
    do {
      bytes = try FileContents.read(path, limit: limit)
    } catch {
      throw .file(error)
    }
    try self.init(parsing: bytes, path: path, limit: limit)
  }

  /// Reads the contents of a `.npz` file.
  ///
  /// - Parameters:
  ///   - bytes: The contents.
  ///   - path: The name that errors give the contents.
  ///   - limit: The largest accepted size of all arrays unpacked, in bytes.
  /// - Throws: ``NumpyError/malformed(path:offset:problem:)``.
  public init(
    parsing bytes: [UInt8], path: String, limit: Int = FileContents.defaultLimit
  ) throws(NumpyError) {
    let archive: ZipArchive
    do {
      archive = try ZipArchive(parsing: bytes)
    } catch {
      throw error.located(in: path)
    }
    var entries: [Entry] = []
    var budget = limit
    for member in archive.members {
      let name = member.name.hasSuffix(".npy") ? String(member.name.dropLast(4)) : member.name
      guard !entries.contains(where: { $0.name == name }) else {
        throw .malformed(
          path: path, offset: member.headerOffset, problem: .duplicateMember(name))
      }
      let unpacked: [UInt8]
      do {
        unpacked = try archive.unpack(member, limit: budget)
      } catch {
        throw error.located(in: path)
      }
      budget -= unpacked.count
      let array = try NumpyArray(parsing: unpacked, path: "\(path):\(member.name)")
      entries.append(Entry(name: name, array: array))
    }
    self.entries = entries
  }
}
