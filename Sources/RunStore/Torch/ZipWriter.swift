import CZlib

/// Writes a zip archive whose members are stored as they are, one after the other.
///
/// Specification: PKWARE APPNOTE 6.3.10, without the extensions for archives of 4 GiB and more.
struct ZipWriter: ~Copyable {
  private var file: AtomicFile
  private var offset = 0
  private var directory: [UInt8] = []
  private var count = 0

  /// The largest size or place that 32 bits name; the one above announces an extension.
  static let limit = Int(UInt32.max) - 1

  /// Begins an archive.
  ///
  /// - Parameter path: The destination; its directory must exist.
  /// - Throws: ``FileError``.
  init(replacing path: String) throws(FileError) {
    file = try AtomicFile(replacing: path)
  }

  /// Adds a member.
  ///
  /// - Parameters:
  ///   - bytes: Its contents.
  ///   - name: Its name.
  /// - Throws: ``FileError``, also if the archive would become too large.
  mutating func append(_ bytes: [UInt8], as name: String) throws(FileError) {
    let end = offset + 30 + name.utf8.count + bytes.count
    guard end <= Self.limit else {
      throw .tooLarge(path: file.path, byteCount: end, limit: Self.limit)
    }
    let checksum = UInt32(
      truncatingIfNeeded: bytes.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) })
    // Version 2.0, no flags, stored, no time; then what both headers say of the member.
    let common =
      LittleEndian.bytes([20, 0, 0, 0, 0] as [UInt16])
      + LittleEndian.bytes([checksum, UInt32(bytes.count), UInt32(bytes.count)])
      + LittleEndian.bytes([UInt16(name.utf8.count), 0])
    let header = Array("PK\u{3}\u{4}".utf8) + common + name.utf8
    directory += Array("PK\u{1}\u{2}".utf8) + LittleEndian.bytes([20] as [UInt16]) + common
    // No comment, first disk, no attributes.
    directory += [UInt8](repeating: 0, count: 10) + LittleEndian.bytes([UInt32(offset)])
    directory += name.utf8
    try file.append(header)
    try file.append(bytes)
    offset += header.count + bytes.count
    count += 1
  }

  /// Ends the archive.
  ///
  /// - Throws: ``FileError``.
  consuming func commit() throws(FileError) {
    let end =
      Array("PK\u{5}\u{6}".utf8) + [UInt8](repeating: 0, count: 4)
      + LittleEndian.bytes([UInt16(count), UInt16(count)])
      + LittleEndian.bytes([UInt32(directory.count), UInt32(offset)]) + [0, 0]
    try file.append(directory + end)
    try file.commit()
  }
}
