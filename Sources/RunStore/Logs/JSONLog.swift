/// A log of one JSON document a line (JSON Lines, https://jsonlines.org).
///
/// A reader of a running log sees whole lines.
public final class JSONLog: Sendable {
  private let file: AppendedFile

  /// Starts a log, or continues one.
  ///
  /// - Parameters:
  ///   - path: The file; its directory must exist.
  ///   - isContinued: Whether to keep the lines that are there.
  /// - Throws: ``FileError/unwritable(path:reason:)``.
  public init(_ path: String, isContinued: Bool = false) throws(FileError) {
    file = try AppendedFile(path, isContinued: isContinued)
  }

  /// Adds a line.
  ///
  /// - Parameter record: What the line says.
  /// - Throws: ``FileError/unwritable(path:reason:)``, for example when the disk is full.
  public func append(_ record: JSONValue) throws(FileError) {
    try file.append(Array((record.text() + "\n").utf8))
  }
}
