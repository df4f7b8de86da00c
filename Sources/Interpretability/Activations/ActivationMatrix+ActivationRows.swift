public import RunStore

extension ActivationMatrix: ActivationRows {
  /// Number of rows.
  public var count: Int { samples }

  /// Reads consecutive rows from the file.
  ///
  /// - Parameters:
  ///   - rows: Which ones.
  ///   - destination: Receives them.
  /// - Throws: ``ActivationSourceError/unreadable(description:)``, also for NaN and infinity, with the
  ///   file, row and column.
  public func read(
    _ rows: Range<Int>, into destination: UnsafeMutablePointer<Float>
  ) throws(ActivationSourceError) {
    do {
      try read(
        rows: rows,
        into: UnsafeMutableBufferPointer(start: destination, count: rows.count * width))
    } catch {
      throw .unreadable(description: error.description)
    }
  }
}
