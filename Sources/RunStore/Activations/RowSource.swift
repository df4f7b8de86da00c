/// Something that hands out rows of numbers, a range at a time.
protocol RowSource: Sendable {
  /// Number of rows.
  var samples: Int { get }

  /// Numbers of one row.
  var width: Int { get }

  /// Rows that are read best together.
  var blockRows: Int { get }

  /// Reads rows.
  ///
  /// - Parameters:
  ///   - rows: Which, within the array.
  ///   - buffer: Room for them, row after row.
  /// - Throws: ``ActivationError`` if the file cannot be read.
  func read<Number: StoredNumber>(
    rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Number>
  ) throws(ActivationError)
}

/// Rows of an HDF5 data set.
struct HDF5Rows: RowSource {
  private let dataset: HDF5Dataset

  init(_ dataset: HDF5Dataset) { self.dataset = dataset }

  var samples: Int { dataset.shape[0] }
  var width: Int { dataset.shape[1...].reduce(1, *) }
  var blockRows: Int { dataset.chunkRows }

  func read<Number: StoredNumber>(
    rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Number>
  ) throws(ActivationError) {
    guard let base = buffer.baseAddress else { return }
    do {
      try dataset.read(rows: rows, into: base, as: Number.hdf5)
    } catch {
      throw .hdf5(error)
    }
  }
}

/// Rows of a tensor in memory.
struct TensorRows: RowSource {
  private let tensor: StoredTensor

  init(_ tensor: StoredTensor) { self.tensor = tensor }

  var samples: Int { tensor.shape[0] }
  var width: Int { tensor.shape[1...].reduce(1, *) }
  var blockRows: Int { 1 }

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  func read<Number: StoredNumber>(
    rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Number>
  ) throws(ActivationError) {
    let rowSize = width * tensor.elementType.byteCount
    tensor.bytes.withUnsafeBytes { bytes in
      let part = bytes[rows.lowerBound * rowSize..<rows.upperBound * rowSize]
      let values = tensor.elementType.decode(
        UnsafeRawBufferPointer(rebasing: part), order: .little, as: Number.self)
      _ = buffer.update(fromContentsOf: values)
    }
  }
}

/// Rows of a table in memory.
struct TableRows: RowSource {
  private let table: Table

  init(_ table: Table) { self.table = table }

  var samples: Int { table.rowCount }
  var width: Int { table.columns.count }
  var blockRows: Int { 1 }

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  func read<Number: StoredNumber>(
    rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Number>
  ) throws(ActivationError) {
    for (j, column) in table.columns.enumerated() {
      for (i, value) in column[rows].enumerated() { buffer[i * width + j] = Number(value) }
    }
  }
}
