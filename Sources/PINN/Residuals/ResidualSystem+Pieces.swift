internal import Networks
internal import Tensors

extension ResidualSystem {
  /// Consecutive blocks whose part of the Jacobian is made at once.
  struct Piece {
    let blocks: Range<Int>

    /// Their residuals' places in the vector of all.
    let rows: Range<Int>
  }

  /// Cuts the residuals into pieces.
  ///
  /// - Parameter bytes: The most memory for a piece's Jacobian, unless a few blocks take more: with
  ///   fewer, threads would wait for work.
  /// - Returns: Pieces that cover all residuals in order.
  func pieces(bytes: Int) -> [Piece] {
    let perRow = max(1, parameterCount) * MemoryLayout<Scalar>.stride
    let limit = max(bytes / perRow, 256)
    var pieces: [Piece] = []
    var start = 0
    for index in blocks.indices {
      let next = index + 1 < blocks.count ? firstRow(of: index + 1) : rowCount
      let isLast = index + 1 == blocks.count
      if isLast || next - firstRow(of: start) >= limit {
        pieces.append(
          Piece(blocks: start..<index + 1, rows: firstRow(of: start)..<next))
        start = index + 1
      }
    }
    return pieces
  }

  private func firstRow(of block: Int) -> Int { blocks[block].rows[0] }
}
