#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The log of a training: a table in text that grows by one row a logged step.
///
/// The first column is `step`. Each row reaches the system in one call, so a reader of a running
/// log sees whole rows; ``synchronize()`` makes them survive a power cut.
///
/// ```swift
/// let log = try HistoryLog(path: path, columns: ["seconds", "loss"])
/// try log.append(step: 1, [0.2, 3.5e-2])
/// ```
public final class HistoryLog: Sendable {
  /// The file.
  public let path: String

  /// The names of the columns after `step`.
  public let columns: [String]

  private let descriptor: Int32

  /// Starts a log, or continues one.
  ///
  /// To continue, the rows after `step` are dropped, and so is a last row that a crash left
  /// unfinished: a resumed training then writes the same file as one that was never stopped.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - columns: The names of the columns after `step`.
  ///   - step: The last step to keep; `nil` starts an empty log.
  /// - Throws: ``FileError`` if the file cannot be read or written.
  public init(path: String, columns: [String], resumingAfter step: Int? = nil) throws(FileError) {
    self.path = path
    self.columns = columns
    var text = CSVDocument.line((["step"] + columns).map(CSVDocument.Field.text))
    if let step, FileSystem.exists(path) {
      text += Self.rows(of: try FileContents.read(path), header: text, upTo: step)
    }
    try AtomicFile.write(text.utf8, to: path)
    descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw .writing(path) }
  }

  deinit {
    close(descriptor)
  }

  /// Appends a row.
  ///
  /// - Parameters:
  ///   - step: The step.
  ///   - values: One value a column; one that is not finite leaves the field empty.
  /// - Throws: ``FileError/unwritable(path:reason:)``, for example when the disk is full.
  public func append(step: Int, _ values: [Double]) throws(FileError) {
    precondition(values.count == columns.count, "one value a column")
    let row = CSVDocument.line([.integer(step)] + values.map(CSVDocument.Field.number))
    try FileSystem.write([UInt8](row.utf8), to: descriptor, path: path)
  }

  /// Makes the rows so far survive a power cut.
  ///
  /// - Throws: ``FileError/unwritable(path:reason:)``.
  public func synchronize() throws(FileError) {
    // EINVAL: a device or pipe, which has nothing to make durable.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw .writing(path) }
  }

  /// The whole rows of an earlier log up to a step; none if it had other columns.
  private static func rows(of bytes: [UInt8], header: String, upTo step: Int) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasPrefix(header) else { return "" }
    var kept = ""
    var rest = text.dropFirst(header.count)
    while let end = rest.firstIndex(of: "\n") {
      let row = rest[...end]
      guard let logged = Int(row.prefix { $0 != "," }), logged <= step else { break }
      kept += row
      rest = rest[rest.index(after: end)...]
    }
    return kept
  }
}
