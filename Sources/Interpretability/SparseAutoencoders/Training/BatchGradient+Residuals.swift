internal import Tensors

extension BatchGradient {
  /// Copies what the whole dictionary left of each row, `x − x̂`.
  ///
  /// - Parameters:
  ///   - table: `[rows, outputWidth]`.
  ///   - first: The table's row of the batch's first.
  func copyResiduals(into table: inout Matrix<Float>, at first: Int) {
    let width = layout.outputWidth
    let scale = -Float(rowCount) / 2
    table.withUnsafeMutablePointer { table in
      for row in 0..<rowCount {
        let residual = residual(plane: prefixes.count - 1, row: row)
        for i in 0..<width { table[(first + row) * width + i] = scale * residual[i] }
      }
    }
  }

  /// Copies the inputs as they are encoded.
  ///
  /// - Parameters:
  ///   - table: `[rows, inputWidth]`.
  ///   - first: The table's row of the batch's first.
  func copyInputs(into table: inout Matrix<Float>, at first: Int) {
    let (width, stride) = (layout.inputWidth, layout.inputStride)
    table.withUnsafeMutablePointer { table in
      for row in 0..<rowCount {
        (table + (first + row) * width).update(from: centred.pointer + row * stride, count: width)
      }
    }
  }

  /// The active features of a row.
  func activities(inRow row: Int) -> [ResidualPursuit.Activity] {
    let block = blocks[row / rowsPerBlock]
    return block.active.entries(ofRow: row - block.rows.lowerBound).map {
      (Int(block.active.features.pointer[$0]), block.active.values.pointer[$0])
    }
  }
}
