/// Activations `[samples, width]` in a file, of which ranges of rows are read at a time.
///
/// The file stays open and is never in memory as a whole, whatever its size; only `.npz` and text, which
/// cannot be read in parts, are held in memory. Elements of any real type, half precision and bfloat16
/// included, become `Float` or `Double`.
///
/// ```swift
/// let activations = try ActivationMatrix(contentsOf: "runs/heat/activations.h5:/layer1")
/// var batch = [Float](repeating: 0, count: 1024 * activations.width)
/// try batch.withUnsafeMutableBufferPointer { try activations.read(rows: 0..<1024, into: $0) }
/// ```
///
/// Several threads may read at a time.
public struct ActivationMatrix: Sendable {
  /// The file, followed by the name of the array if it has one.
  public let path: String

  /// Number of rows, at least 1.
  public var samples: Int { source.samples }

  /// Number of columns, at least 1.
  public var width: Int { source.width }

  /// Rows that are read best together: a chunk of an HDF5 data set, elsewhere 1.
  public var blockRows: Int { source.blockRows }

  private let source: any RowSource
  private let array: String?
  private let file: String

  /// Wraps a source of rows.
  ///
  /// - Parameters:
  ///   - source: The rows.
  ///   - file: The file.
  ///   - array: The name of the array in it, if it has one.
  init(_ source: some RowSource, file: String, array: String?) {
    self.source = source
    self.file = file
    self.array = array
    path = array.map { "\(file):/\($0)" } ?? file
  }

  /// Reads rows in single precision.
  ///
  /// - Parameters:
  ///   - rows: Which, within ``samples``.
  ///   - buffer: Room for `rows.count * width` numbers, row after row.
  /// - Throws: ``ActivationError``, also for a NaN or infinity, with its row and column.
  public func read(
    rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>
  ) throws(ActivationError) {
    try readChecked(rows, buffer)
  }

  /// Reads rows in double precision.
  ///
  /// - Parameters:
  ///   - rows: Which, within ``samples``.
  ///   - buffer: Room for `rows.count * width` numbers, row after row.
  /// - Throws: ``ActivationError``, also for a NaN or infinity, with its row and column.
  public func read(
    rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Double>
  ) throws(ActivationError) {
    try readChecked(rows, buffer)
  }

  /// Rows in single precision.
  ///
  /// - Parameter rows: Which, within ``samples``.
  /// - Returns: `rows.count * width` numbers, row after row.
  /// - Throws: ``ActivationError``, also for a NaN or infinity, with its row and column.
  public func floats(rows: Range<Int>) throws(ActivationError) -> [Float] {
    try array(rows, of: Float.self, checked: true)
  }

  /// Rows in double precision.
  ///
  /// - Parameter rows: Which, within ``samples``.
  /// - Returns: `rows.count * width` numbers, row after row.
  /// - Throws: ``ActivationError``, also for a NaN or infinity, with its row and column.
  public func doubles(rows: Range<Int>) throws(ActivationError) -> [Double] {
    try array(rows, of: Double.self, checked: true)
  }

  /// The SHA-256 checksum of the extents and of rows at equal distances: other activations have another
  /// one, without all being read.
  ///
  /// - Throws: ``ActivationError``.
  public var checksum: SHA256Digest {
    get throws(ActivationError) {
      var bytes = Array("\(samples) \(width)".utf8)
      for place in 0..<min(Self.checkedRows, samples) {
        let row = place * samples / min(Self.checkedRows, samples)
        for value in try array(row..<row + 1, of: Double.self, checked: false) {
          withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
        }
      }
      return SHA256Digest(of: bytes)
    }
  }

  private static let checkedRows = 256

  /// Rows of a field that may be undefined at some points.
  func uncheckedDoubles(rows: Range<Int>) throws(ActivationError) -> [Double] {
    try array(rows, of: Double.self, checked: false)
  }

  private func array<Number: StoredNumber>(
    _ rows: Range<Int>, of type: Number.Type, checked isChecked: Bool
  ) throws(ActivationError) -> [Number] {
    var values = [Number](repeating: 0, count: rows.count * width)
    let outcome = values.withUnsafeMutableBufferPointer { buffer in
      Result { () throws(ActivationError) in
        isChecked ? try readChecked(rows, buffer) : try source.read(rows: rows, into: buffer)
      }
    }
    try outcome.get()
    return values
  }

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  private func readChecked<Number: StoredNumber>(
    _ rows: Range<Int>, _ buffer: UnsafeMutableBufferPointer<Number>
  ) throws(ActivationError) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= samples, "rows lie in the matrix")
    precondition(buffer.count == rows.count * width, "the buffer has room for whole rows")
    guard !rows.isEmpty else { return }
    try source.read(rows: rows, into: buffer)
    guard let index = buffer.firstNonFinite() else { return }
    let row = rows.lowerBound + index / width
    // Single precision has no room for what double precision has.
    let stored = try array(row..<row + 1, of: Double.self, checked: false)[index % width]
    guard !stored.isFinite else {
      throw .tooLarge(path: file, array: array, row: row, column: index % width, value: stored)
    }
    throw .notFinite(
      path: file, array: array, row: row, column: index % width,
      value: .init(Double(buffer[index])))
  }
}
