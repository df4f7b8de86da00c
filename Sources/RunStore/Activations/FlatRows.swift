/// Rows of an array whose elements lie in a file one after the other, as in `.npy` and `.safetensors`.
///
/// Parts are read where they are needed. The file is not mapped into memory: one that another process
/// truncates would end this one with `SIGBUS`.
struct FlatRows: RowSource {
  let samples: Int
  let width: Int
  let blockRows = 1

  private let file: ReadableFile
  private let start: Int
  private let elementType: ElementType
  private let byteOrder: ByteOrder
  private let isColumnMajor: Bool

  /// Elements that are converted at once.
  private static let pieceCount = 1 << 16

  /// Describes an array that the file is known to hold.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - start: Where the elements begin.
  ///   - elementType: Their type.
  ///   - byteOrder: The order of an element's bytes.
  ///   - shape: One or two extents.
  ///   - isColumnMajor: Whether the columns lie one after the other, rather than the rows.
  init(
    _ file: ReadableFile, from start: Int, _ elementType: ElementType,
    byteOrder: ByteOrder = .little, shape: [Int], isColumnMajor: Bool = false
  ) {
    self.file = file
    self.start = start
    self.elementType = elementType
    self.byteOrder = byteOrder
    self.isColumnMajor = isColumnMajor && shape.count == 2
    samples = shape[0]
    width = shape.count == 2 ? shape[1] : 1
  }

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  func read<Number: StoredNumber>(
    rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Number>
  ) throws(ActivationError) {
    guard isColumnMajor else {
      try read(elements: rows.lowerBound * width..<rows.upperBound * width, into: buffer)
      return
    }
    var column = [Number](repeating: 0, count: rows.count)
    for j in 0..<width {
      let outcome = column.withUnsafeMutableBufferPointer { column in
        Result { () throws(ActivationError) in
          let first = j * samples + rows.lowerBound
          try read(elements: first..<first + rows.count, into: column)
        }
      }
      try outcome.get()
      for (i, value) in column.enumerated() { buffer[i * width + j] = value }
    }
  }

  /// Reads neighbours in the file.
  private func read<Number: StoredNumber>(
    elements: Range<Int>, into buffer: UnsafeMutableBufferPointer<Number>
  ) throws(ActivationError) {
    let size = elementType.byteCount
    // What needs no conversion goes where it belongs at once.
    if elementType == Number.elementType, byteOrder == .little, 1.littleEndian == 1 {
      try read(at: start + elements.lowerBound * size, into: UnsafeMutableRawBufferPointer(buffer))
      return
    }
    var piece = [UInt8](repeating: 0, count: min(elements.count, Self.pieceCount) * size)
    for first in stride(from: 0, to: elements.count, by: Self.pieceCount) {
      let count = min(Self.pieceCount, elements.count - first)
      let outcome = piece.withUnsafeMutableBytes { bytes in
        Result { () throws(ActivationError) in
          let part = UnsafeMutableRawBufferPointer(rebasing: bytes[..<(count * size)])
          try read(at: start + (elements.lowerBound + first) * size, into: part)
          let values = elementType.decode(
            UnsafeRawBufferPointer(part), order: byteOrder, as: Number.self)
          _ = UnsafeMutableBufferPointer(rebasing: buffer[first..<first + count])
            .update(fromContentsOf: values)
        }
      }
      try outcome.get()
    }
  }

  private func read(
    at offset: Int, into bytes: UnsafeMutableRawBufferPointer
  ) throws(ActivationError) {
    let count: Int
    do {
      count = try file.read(at: offset, into: bytes)
    } catch {
      throw .file(error)
    }
    guard count == bytes.count else { throw .shortened(path: file.path) }
  }
}
