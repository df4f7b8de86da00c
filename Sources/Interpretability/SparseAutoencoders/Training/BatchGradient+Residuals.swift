internal import Tensors

extension BatchGradient {
  /// Copies what the whole dictionary left of the first rows, `x − x̂`.
  ///
  /// - Parameters:
  ///   - rows: How many.
  ///   - table: `[rows, outputStride]`.
  func copyResiduals(of rows: Int, into table: UnsafeMutablePointer<Float>) {
    let stride = layout.outputStride
    let scale = -Float(rowCount) / 2
    for row in 0..<rows {
      let residual = residual(plane: prefixes.count - 1, row: row)
      for i in 0..<stride { table[row * stride + i] = scale * residual[i] }
    }
  }

  /// Copies the first inputs as they are encoded.
  ///
  /// - Parameters:
  ///   - rows: How many.
  ///   - table: `[rows, inputWidth]`.
  ///   - first: The table's row of the batch's first.
  func copyInputs(of rows: Int, into table: inout Matrix<Float>, at first: Int) {
    let (width, stride) = (layout.inputWidth, layout.inputStride)
    table.withUnsafeMutablePointer { table in
      for row in 0..<rows {
        (table + (first + row) * width).update(from: centred.pointer + row * stride, count: width)
      }
    }
  }

  /// The active features of a row.
  func activities(inRow row: Int) -> [ResidualSample.Activity] {
    let block = blocks[row / rowsPerBlock]
    return block.active.entries(ofRow: row - block.rows.lowerBound).map {
      (Int(block.active.features.pointer[$0]), block.active.values.pointer[$0])
    }
  }
}
