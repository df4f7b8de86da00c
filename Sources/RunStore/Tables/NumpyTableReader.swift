#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads the columns of a `.npy` file piece by piece, so that a large table is in memory once and not
/// as bytes, elements and columns.
struct NumpyTableReader: ~Copyable {
  /// The columns; shape `[columns][rows]`.
  private(set) var columns: [[Double]]

  private let header: NumpyHeader
  private let descriptor: Int32

  /// Bytes of elements that are read at once.
  private static let pieceSize = 1 << 20

  /// Opens a file; nil for anything but a sound one of one or two axes with rows.
  ///
  /// What is wrong with a file, ``NumpyArray`` says.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: The largest accepted file in bytes.
  init?(_ path: String, limit: Int) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    var prefix = [UInt8](repeating: 0, count: NumpyHeader.limit)
    let count = FileSystem.read(descriptor, into: &prefix, from: 0)
    let size = (try? FileSystem.byteCount(of: path)) ?? 0
    guard count > 0, size <= limit,
      let header = try? NumpyHeader(parsing: Array(prefix.prefix(count))),
      (1...2).contains(header.shape.count), !header.shape.contains(0),
      let elements = header.elementType.byteCount(of: header.shape),
      size - header.dataStart == elements,
      lseek(descriptor, off_t(header.dataStart), SEEK_SET) >= 0
    else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
    self.header = header
    let width = header.shape.count == 2 ? header.shape[1] : 1
    columns = Array(repeating: [], count: width)
    for column in columns.indices { columns[column].reserveCapacity(header.shape[0]) }
  }

  deinit { close(descriptor) }

  /// Reads all elements.
  ///
  /// - Returns: Whether the file held all of them.
  mutating func readAll() -> Bool {
    let (rows, width) = (header.shape[0], columns.count)
    let size = header.elementType.byteCount
    var remaining = rows * width
    var position = 0
    var piece = [UInt8](repeating: 0, count: Self.pieceSize / size * size)
    while remaining > 0 {
      let wanted = min(piece.count, remaining * size)
      if wanted < piece.count { piece.removeLast(piece.count - wanted) }
      var filled = 0
      while filled < wanted {
        let count = FileSystem.read(descriptor, into: &piece, from: filled)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        filled += count
      }
      let values = piece.withUnsafeBytes {
        header.elementType.decode($0, order: header.byteOrder, as: Double.self)
      }
      for value in values {
        columns[header.isColumnMajor ? position / rows : position % width].append(value)
        position += 1
      }
      remaining -= values.count
    }
    return true
  }
}
